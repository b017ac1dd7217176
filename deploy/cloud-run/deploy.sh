#!/usr/bin/env bash
# Ballast on Cloud Run, called every 15 minutes by Cloud Scheduler: everything that it needs, made where it is missing and left alone where it is
# there. Run it again after a change, or after an interruption; it picks up where it is.
set -euo pipefail
export CLOUDSDK_CORE_DISABLE_PROMPTS=1

usage() {
    cat <<'HELP'
usage: PROJECT=my-project deploy/cloud-run/deploy.sh [--dry-run] [--rotate-secret NAME]... [--help]

  --dry-run             print every command that would run, ready to be pasted, and run none; gcloud is not needed
  --rotate-secret NAME  ask for the secret again: redis-url, mexc-api-key, mexc-secret-key, operator-token, otlp-headers
  --help                this text

Variables:
  PROJECT    the Google Cloud project's id; it exists and has billing               required
  REGION     of everything; near your Redis                                         europe-west1
  SERVICE    name of the service, and beginning of all other names                  ballast
  SCHEDULE   when a tick runs, as cron writes it, in UTC                            */15 * * * *
  INGRESS    internal: Cloud Scheduler reaches the service and the Internet does not
             all: the Internet does too, for the API and the dashboard              internal
  IMAGE      a finished image; without it, this folder is built in Cloud Build      none
  TAG        of the image to build                                                  the commit
  Ballast__… every exported setting of Ballast's is given to the service, such as Ballast__Policy__TargetRatio=0.6
  OTEL_…     likewise, such as OTEL_EXPORTER_OTLP_ENDPOINT=https://…

Secrets go into Secret Manager. Those that are not there yet are taken from the environment, or asked for at the terminal; they are never part of a
command's arguments, and nothing prints them:
  REDIS_URL                       rediss://:password@host:port, where Ballast remembers everything
  MEXC_API_KEY, MEXC_SECRET_KEY   of the account; reading rights are enough to observe
  Ballast__Operator__ApiToken     optional, with INGRESS=all: opens the API to whoever shows it
  OTEL_EXPORTER_OTLP_HEADERS      optional: how telemetry proves itself to its collector
HELP
}

# 1  What was asked for, and everything that is wrong with it at once.
dry_run=false
rotate=" "
mistakes=()
mistake() { mistakes+=("$1"); }

while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry_run=true ;;
        --rotate-secret) rotate+="${2:-nothing} "; [ $# -eq 1 ] || shift ;;
        --help | -h) usage; exit 0 ;;
        *) mistake "$1 is not understood; see --help" ;;
    esac
    shift
done

PROJECT=${PROJECT:-} REGION=${REGION:-europe-west1} SERVICE=${SERVICE:-ballast} SCHEDULE=${SCHEDULE:-*/15 * * * *}
INGRESS=${INGRESS:-internal} IMAGE=${IMAGE:-} TAG=${TAG:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

commit() {
    git -C "$root" rev-parse --short=12 HEAD 2>/dev/null || return 1
    # What is not committed is part of the name, so that another content never passes for this one.
    git -C "$root" diff --quiet HEAD 2>/dev/null || git -C "$root" diff HEAD | sha256sum | cut -c1-8
}

matches() { [[ $1 =~ $2 ]]; }
matches "$PROJECT" '^[a-z][a-z0-9-]{4,28}[a-z0-9]$' || mistake "PROJECT: '$PROJECT' is not a project's id; see: gcloud projects list"
matches "$REGION" '^[a-z]+-[a-z]+[0-9]+$' || mistake "REGION: '$REGION' is not a region, such as europe-west1"
# Service accounts are named after it, and have at most 30 letters.
matches "$SERVICE" '^[a-z][a-z0-9-]{0,18}[a-z0-9]$' || mistake "SERVICE: '$SERVICE' is not 2 to 20 small letters, digits and dashes, such as ballast"
matches "$SCHEDULE" '^[^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+$' || mistake "SCHEDULE: '$SCHEDULE' is not five fields of cron, such as */15 * * * *"
matches "$INGRESS" '^(internal|all)$' || mistake "INGRESS: '$INGRESS' is neither internal nor all"
matches "$IMAGE" '^([^ ]+/[^ ]+)?$' || mistake "IMAGE: '$IMAGE' is not an image's full name, such as europe-west1-docker.pkg.dev/project/ballast/ballast:tag"
if [ -z "$IMAGE$TAG" ]; then
    TAG=$(commit | paste -sd- -) || true
    [ -n "$TAG" ] || mistake "TAG: this folder is no git repository, so name the build yourself, such as TAG=1"
fi
[ -z "$TAG" ] || matches "$TAG" '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$' || mistake "TAG: '$TAG' is not letters, digits, dots and dashes"
for name in $rotate; do
    matches "$name" '^(redis-url|mexc-api-key|mexc-secret-key|operator-token|otlp-headers)$' || mistake "--rotate-secret: there is no secret '$name'; see --help"
done

# The settings that are no secrets, as NAME=value.
settings=()
while IFS= read -r name; do
    case $name in
        Ballast__Operator__ApiToken | OTEL_EXPORTER_OTLP_HEADERS) continue ;;
        Ballast__Metrics__Token) mistake "$name: what is scaled to zero cannot be scraped; let it push, with OTEL_EXPORTER_OTLP_ENDPOINT" ;;
        Ballast__Auth__*) mistake "$name: decided here, by the scheduler's account and target; unset it" ;;
        Ballast__* | OTEL_*)
            case ${!name} in
                *'|'* | *$'\n'*) mistake "$name: a value with | or a line break in it cannot be passed on" ;;
                *) settings+=("$name=${!name}") ;;
            esac ;;
    esac
done < <(compgen -e | sort)

$dry_run || command -v gcloud >/dev/null || mistake "gcloud is not installed; see https://cloud.google.com/sdk/docs/install, or use the Cloud Shell, which has it"
if [ ${#mistakes[@]} -gt 0 ]; then
    echo "nothing was done:" >&2
    printf '  - %s\n' "${mistakes[@]}" >&2
    exit 78
fi

# 2  How commands run, or are shown. @NUMBER@ stands for what only Google knows: the project's number.
number=@NUMBER@

quoted() {
    local word out=
    for word in "$@"; do
        if [[ $word == *@NUMBER@* ]]; then
            # shellcheck disable=SC2016 # To be pasted.
            word=$(sed -e 's/[\\"$`]/\\&/g' -e 's/@NUMBER@/$PROJECT_NUMBER/g' <<<"$word")
            word=\"$word\"
        elif ! [[ $word =~ ^[A-Za-z0-9_./:=,@%+-]+$ ]]; then
            word="'${word//\'/\'\\\'\'}'"
        fi
        out+=" $word"
    done
    printf '%s' "${out# }"
}

say() { printf '\n# %s\n' "$*"; }

run() {
    if $dry_run; then
        quoted "$@"
        echo
    else
        "$@"
    fi
}

# A new account is not known everywhere at once.
patiently() {
    local attempt
    $dry_run && { run "$@"; return; }
    for attempt in 1 2 3 4 5; do
        if "$@" >/dev/null; then return; fi
        [ "$attempt" = 5 ] || sleep $((attempt * 3))
    done
    return 1
}

# ensure <how to look> -- <how to make>
ensure() {
    local look=()
    while [ "$1" != -- ]; do look+=("$1"); shift; done
    shift
    if $dry_run; then
        printf '%s >/dev/null 2>&1 \\\n    || %s\n' "$(quoted "${look[@]}")" "$(quoted "$@")"
    elif ! "${look[@]}" >/dev/null 2>&1; then
        "$@"
    fi
}

on=(--project="$PROJECT")

account() { printf '%s-%s@%s.iam.gserviceaccount.com' "$SERVICE" "$1" "$PROJECT"; }

# make_account <name> <what for>
make_account() {
    ensure gcloud iam service-accounts describe "$(account "$1")" "${on[@]}" -- \
        gcloud iam service-accounts create "$SERVICE-$1" --display-name="$2" "${on[@]}"
}

# keep_secret <name> <variable>: there afterwards, with a value, readable by the service alone.
keep_secret() {
    local secret=$SERVICE-$1 value
    ensure gcloud secrets describe "$secret" "${on[@]}" -- gcloud secrets create "$secret" --replication-policy=automatic "${on[@]}"
    if $dry_run; then
        # shellcheck disable=SC2016 # The variable's name is to be seen, and not its value.
        printf 'printf %%s "$%s" | %s\n' "$2" "$(quoted gcloud secrets versions add "$secret" --data-file=- "${on[@]}")"
    elif [[ $rotate == *" $1 "* ]] || [ -z "$(gcloud secrets versions list "$secret" --filter=state=ENABLED --limit=1 --format='value(name)' "${on[@]}")" ]; then
        value=$(secret_value "$2")
        # printf is the shell's own: the value is in no argument of any process.
        if [ -n "$value" ]; then printf %s "$value" | gcloud secrets versions add "$secret" --data-file=- "${on[@]}" >/dev/null; else missing+=("$2"); fi
    fi
    patiently gcloud secrets add-iam-policy-binding "$secret" --member="serviceAccount:$(account run)" --role=roles/secretmanager.secretAccessor "${on[@]}"
    secrets+=("$2=$secret:latest")
}

# From the environment or the terminal, without the blanks that pasting adds; nothing where neither has it.
secret_value() {
    local value=${!1:-}
    if [ -z "$value" ] && [ -t 0 ]; then
        read -rsp "$1: " value
        echo >&2
    fi
    value=${value#"${value%%[![:space:]]*}"}
    printf %s "${value%"${value##*[![:space:]]}"}"
}

# 3  What the project must be able to do.
say "Services of Google's that are used"
run gcloud services enable run.googleapis.com cloudscheduler.googleapis.com secretmanager.googleapis.com artifactregistry.googleapis.com \
    cloudbuild.googleapis.com iam.googleapis.com "${on[@]}"
if $dry_run; then
    # shellcheck disable=SC2016 # To be pasted.
    printf 'PROJECT_NUMBER=$(%s)\n' "$(quoted gcloud projects describe "$PROJECT" --format='value(projectNumber)')"
else
    number=$(gcloud projects describe "$PROJECT" --format='value(projectNumber)')
fi
# Known before the service is there, so that it can be told what its callers' tokens must be for.
url=https://$SERVICE-$number.$REGION.run.app
target=$url/tasks/runtime

# 4  Who acts: the service reads its secrets, the scheduler calls, the builder builds; none may do anything else.
say "Accounts"
make_account run "Ballast"
make_account scheduler "Calls Ballast"

# 5  Secrets.
say "Secrets"
secrets=() missing=()
keep_secret redis-url REDIS_URL
keep_secret mexc-api-key MEXC_API_KEY
keep_secret mexc-secret-key MEXC_SECRET_KEY
for optional in operator-token=Ballast__Operator__ApiToken otlp-headers=OTEL_EXPORTER_OTLP_HEADERS; do
    name=${optional%%=*} variable=${optional#*=}
    if [ -n "${!variable:-}" ] || [[ $rotate == *" $name "* ]] || { ! $dry_run && gcloud secrets describe "$SERVICE-$name" "${on[@]}" >/dev/null 2>&1; }; then
        keep_secret "$name" "$variable"
    fi
done

if [ ${#missing[@]} -gt 0 ]; then
    echo "there is no terminal to ask at, so set these and run it again:$(printf ' %s' "${missing[@]}")" >&2
    exit 78
fi

# 6  The image.
if [ -z "$IMAGE" ]; then
    say "Image"
    IMAGE=$REGION-docker.pkg.dev/$PROJECT/$SERVICE/ballast:$TAG
    make_account builder "Builds Ballast's image"
    patiently gcloud projects add-iam-policy-binding "$PROJECT" --member="serviceAccount:$(account builder)" --role=roles/cloudbuild.builds.builder --condition=None
    ensure gcloud artifacts repositories describe "$SERVICE" --location="$REGION" "${on[@]}" -- \
        gcloud artifacts repositories create "$SERVICE" --repository-format=docker --location="$REGION" "${on[@]}"
    ensure gcloud artifacts docker images describe "$IMAGE" "${on[@]}" -- \
        gcloud builds submit "$root" --config="$root/deploy/cloud-run/cloudbuild.yaml" --substitutions=_IMAGE="$IMAGE" \
        --service-account="projects/$PROJECT/serviceAccounts/$(account builder)" "${on[@]}"
fi

# 7  The service: nothing runs, and nothing is paid for, between two ticks. One instance is enough; a second would only be told that a tick is running.
say "Service"
settings+=("GOOGLE_CLOUD_PROJECT=$PROJECT" "Ballast__Auth__Audience=$target" "Ballast__Auth__ServiceAccounts=$(account scheduler)")
joined=$(IFS='|'; printf '%s' "${settings[*]}")
run gcloud run deploy "$SERVICE" --image="$IMAGE" --service-account="$(account run)" --ingress="$INGRESS" --port=8080 \
    --min-instances=0 --max-instances=1 --concurrency=8 --cpu=1 --memory=256Mi --cpu-throttling --cpu-boost --execution-environment=gen1 --timeout=60 \
    --set-env-vars="^|^$joined" --set-secrets="$(IFS=,; printf '%s' "${secrets[*]}")" --region="$REGION" --quiet "${on[@]}"

# Google's own check of callers removes the signature from the token that it has checked, and Ballast, which trusts nothing that it has not checked
# itself, would refuse what is left. So that check is open, and two others hold: with INGRESS=internal the Internet does not get as far as the service,
# and whoever does has to show a token that Google has signed, for this target, for the scheduler's account.
open=(gcloud run services add-iam-policy-binding "$SERVICE" --member=allUsers --role=roles/run.invoker --region="$REGION" "${on[@]}")
if $dry_run; then
    run "${open[@]}"
elif ! "${open[@]}" >/dev/null; then
    echo "Your organisation does not let a service be open to allUsers. Turn Google's check off instead, and run this again:" >&2
    echo "  $(quoted gcloud run services update "$SERVICE" --no-invoker-iam-check --region="$REGION" "${on[@]}")" >&2
    exit 1
fi

# 8  The clock. A tick that meets another one, or no store, is tried again; what is tried again keeps its name, so that it is never run twice.
say "Schedule"
job=(--location="$REGION" --schedule="$SCHEDULE" --time-zone=Etc/UTC --uri="$target" --http-method=POST --attempt-deadline=90s
    --max-retry-attempts=3 --min-backoff=15s --max-backoff=60s --max-doublings=2
    --oidc-service-account-email="$(account scheduler)" --oidc-token-audience="$target" "${on[@]}")
look=(gcloud scheduler jobs describe "$SERVICE" --location="$REGION" "${on[@]}")
if $dry_run; then
    printf 'if %s >/dev/null 2>&1; then verb=update; else verb=create; fi\n' "$(quoted "${look[@]}")"
    # shellcheck disable=SC2016 # To be pasted.
    printf 'gcloud scheduler jobs "$verb" http %s\n' "$(quoted "$SERVICE" "${job[@]}")"
elif "${look[@]}" >/dev/null 2>&1; then
    gcloud scheduler jobs update http "$SERVICE" "${job[@]}" >/dev/null
else
    gcloud scheduler jobs create http "$SERVICE" "${job[@]}" >/dev/null
fi

say "A first tick, and what came of it"
printf '%s\n' "$(quoted gcloud scheduler jobs run "$SERVICE" --location="$REGION" "${on[@]}")"
printf '%s\n' "$(quoted gcloud run services logs read "$SERVICE" --limit=20 --region="$REGION" "${on[@]}")"
