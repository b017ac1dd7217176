#!/usr/bin/env bash
# A gcloud that remembers what it has made, in the directory FAKE_GCLOUD, and knows only what deploy.sh may ask for. Every call is a line in "calls"; what
# makes something is one in "made" too; what a secret holds is a file. Like the real one it refuses to make what is there, or to use what is not.
set -euo pipefail
state=$FAKE_GCLOUD
printf '%s\n' "$*" >>"$state/calls"

words=() project='' region='' template=''
while [ $# -gt 0 ]; do
    case $1 in
        --project=*) project=${1#*=} ;;
        --location=* | --region=*) region=${1#*=} ;;
        --service-account=* | --oidc-service-account-email=*) used=${1#*=}; used=${used##*/}; [ -e "$state/account ${used%%@*}" ] || { echo "no account $used" >&2; exit 1; } ;;
        --set-secrets=*) template=${1#*=} ;;
        --*) ;;
        *) words+=("$1") ;;
    esac
    shift
done
[ "$project" = my-project ] || [ "${words[0]}" = projects ] || { echo "no project" >&2; exit 1; }

there() { [ -e "$state/$*" ] || { echo "NOT_FOUND: $*" >&2; exit 1; }; }
make() {
    [ ! -e "$state/$*" ] || { echo "ALREADY_EXISTS: $*" >&2; exit 1; }
    : >"$state/$*"
    printf '%s\n' "$*" >>"$state/made"
}
regional() { [ "$region" = europe-west1 ] || { echo "no region" >&2; exit 1; }; }

case "${words[*]}" in
    'services enable '*) ;;
    'projects describe my-project') echo 123456789012 ;;
    'projects add-iam-policy-binding my-project') ;;
    'iam service-accounts describe '*) there "account ${words[3]%%@*}" ;;
    'iam service-accounts create '*) make "account ${words[3]}" ;;
    'secrets describe '*) there "secret ${words[2]}" ;;
    'secrets create '*) make "secret ${words[2]}" ;;
    'secrets versions list '*) there "secret ${words[3]}"; find "$state" -name "version ${words[3]} *" | sed 's/.* //' ;;
    'secrets versions add '*)
        there "secret ${words[3]}"
        cat >"$state/version ${words[3]} $(($(find "$state" -name "version ${words[3]} *" | wc -l) + 1))"
        printf 'version %s\n' "${words[3]}" >>"$state/made" ;;
    'secrets add-iam-policy-binding '*) there "secret ${words[2]}" ;;
    'artifacts repositories describe '*) regional; there "repository ${words[3]}" ;;
    'artifacts repositories create '*) regional; make "repository ${words[3]}" ;;
    'artifacts docker images describe '*) there "image ${words[4]##*:}" ;;
    'builds submit '*) make 'image 1' ;;
    'run deploy '*)
        regional
        for secret in ${template//,/ }; do
            name=${secret#*=}
            [ -n "$(find "$state" -name "version ${name%:latest} *")" ] || { echo "no version of $name" >&2; exit 1; }
        done
        [ -e "$state/service ${words[2]}" ] || make "service ${words[2]}" ;;
    'run services add-iam-policy-binding '*)
        regional
        there "service ${words[3]}"
        [ ! -e "$state/organisation" ] || { echo "FAILED_PRECONDITION: allUsers" >&2; exit 1; } ;;
    'scheduler jobs describe '*) regional; there "job ${words[3]}" ;;
    'scheduler jobs create http '*) regional; make "job ${words[4]}" ;;
    'scheduler jobs update http '*) regional; there "job ${words[4]}" ;;
    *) echo "not understood: ${words[*]}" >&2; exit 2 ;;
esac
