# The same as ../deploy.sh. Secrets are made empty here and get their values by hand, so that no state file ever holds one:
#
#   terraform init
#   terraform apply -var project=my-project               accounts, secrets, the images' repository
#   terraform output -raw next                            what to type then: the secrets' values, the image
#   terraform apply -var project=my-project -var image=…  the service and its schedule

locals {
  apis = ["run", "cloudscheduler", "secretmanager", "artifactregistry", "cloudbuild", "iam", "cloudresourcemanager"]

  # The name of a secret, and the environment variable that it becomes.
  optional = { operator-token = "Ballast__Operator__ApiToken", otlp-headers = "OTEL_EXPORTER_OTLP_HEADERS" }
  secrets = merge(
    { redis-url = "REDIS_URL", mexc-api-key = "MEXC_API_KEY", mexc-secret-key = "MEXC_SECRET_KEY" },
    { for name, variable in local.optional : name => variable if contains(var.optional_secrets, name) },
  )

  # Known before the service is there, so that it can be told what its callers' tokens must be for.
  url    = "https://${var.service}-${data.google_project.this.number}.${var.region}.run.app"
  target = "${local.url}/tasks/runtime"

  settings = merge(var.settings, {
    GOOGLE_CLOUD_PROJECT           = var.project
    Ballast__Auth__Audience        = local.target
    Ballast__Auth__ServiceAccounts = google_service_account.scheduler.email
  })
}

data "google_project" "this" {
  project_id = var.project
  depends_on = [google_project_service.this]
}

resource "google_project_service" "this" {
  for_each = toset(local.apis)

  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}

# Who acts: the service reads its secrets and may do nothing else; the scheduler calls it and may do nothing at all.
resource "google_service_account" "run" {
  account_id   = "${var.service}-run"
  display_name = "Ballast"
  depends_on   = [google_project_service.this]
}

resource "google_service_account" "scheduler" {
  account_id   = "${var.service}-scheduler"
  display_name = "Calls Ballast"
  depends_on   = [google_project_service.this]
}

resource "google_secret_manager_secret" "this" {
  for_each = local.secrets

  secret_id = "${var.service}-${each.key}"
  replication {
    auto {}
  }
  depends_on = [google_project_service.this]
}

resource "google_secret_manager_secret_iam_member" "run" {
  for_each = google_secret_manager_secret.this

  secret_id = each.value.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${google_service_account.run.email}"
}

resource "google_artifact_registry_repository" "this" {
  repository_id = var.service
  location      = var.region
  format        = "DOCKER"
  depends_on    = [google_project_service.this]
}

# Nothing runs, and nothing is paid for, between two ticks. One instance is enough; a second would only be told that a tick is running.
resource "google_cloud_run_v2_service" "this" {
  count = var.image == "" ? 0 : 1

  name     = var.service
  location = var.region
  ingress  = var.ingress == "all" ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_ONLY"
  # Everything worth keeping is in Redis.
  deletion_protection = false

  template {
    service_account                  = google_service_account.run.email
    timeout                          = "60s"
    max_instance_request_concurrency = 8
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN1"

    scaling {
      min_instance_count = 0
      max_instance_count = 1
    }

    containers {
      image = var.image

      ports {
        container_port = 8080
      }

      resources {
        limits            = { cpu = "1", memory = "256Mi" }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = local.settings
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secrets
        content {
          name = env.value
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.key].secret_id
              version = "latest"
            }
          }
        }
      }
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.run]
}

# Google's own check of callers removes the signature from the token that it has checked, and Ballast, which trusts nothing that it has not checked
# itself, would refuse what is left. So that check is open, and two others hold: with ingress "internal" the Internet does not get as far as the service,
# and whoever does has to show a token that Google has signed, for this target, for the scheduler's account.
# Where an organisation forbids allUsers, remove this and set invoker_iam_disabled = true on the service.
resource "google_cloud_run_v2_service_iam_member" "everyone" {
  count = length(google_cloud_run_v2_service.this)

  name     = google_cloud_run_v2_service.this[0].name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}

# A tick that meets another one, or no store, is tried again; what is tried again keeps its name, so that it is never run twice.
resource "google_cloud_scheduler_job" "this" {
  count = length(google_cloud_run_v2_service.this)

  name             = var.service
  region           = var.region
  schedule         = var.schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "90s"

  retry_config {
    retry_count          = 3
    min_backoff_duration = "15s"
    max_backoff_duration = "60s"
    max_doublings        = 2
  }

  http_target {
    http_method = "POST"
    uri         = local.target

    oidc_token {
      service_account_email = google_service_account.scheduler.email
      audience              = local.target
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.everyone]
}
