variable "project" {
  description = "The Google Cloud project's id; it exists and has billing."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "Not a project's id; see: gcloud projects list"
  }
}

variable "region" {
  description = "Of everything; near your Redis."
  type        = string
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "Not a region, such as europe-west1."
  }
}

variable "service" {
  description = "Name of the service, and beginning of all other names."
  type        = string
  default     = "ballast"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.service))
    error_message = "2 to 20 small letters, digits and dashes: service accounts are named after it, and have at most 30 letters."
  }
}

variable "image" {
  description = "The image's full name. Empty until there is one: everything else is made, and the service and its schedule are not."
  type        = string
  default     = ""

  validation {
    condition     = var.image == "" || can(regex("^[^ ]+/[^ ]+$", var.image))
    error_message = "Not an image's full name, such as europe-west1-docker.pkg.dev/project/ballast/ballast:tag."
  }
}

variable "schedule" {
  description = "When a tick runs, as cron writes it, in UTC."
  type        = string
  default     = "*/15 * * * *"

  validation {
    condition     = length(split(" ", var.schedule)) == 5
    error_message = "Five fields of cron, such as */15 * * * *"
  }
}

variable "ingress" {
  description = "internal: Cloud Scheduler reaches the service and the Internet does not. all: the Internet does too, for the API and the dashboard."
  type        = string
  default     = "internal"

  validation {
    condition     = contains(["internal", "all"], var.ingress)
    error_message = "Either internal or all."
  }
}

variable "settings" {
  description = "Settings of Ballast's and of its telemetry as environment variables, such as { Ballast__Policy__TargetRatio = \"0.6\" }. No secrets."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : can(regex("^(Ballast__|OTEL_)", name))])
    error_message = "The names begin with Ballast__ or OTEL_."
  }

  validation {
    condition     = alltrue([for name in keys(var.settings) : !can(regex("^(Ballast__Auth__.*|Ballast__Operator__ApiToken|Ballast__Metrics__Token|OTEL_EXPORTER_OTLP_HEADERS)$", name))])
    error_message = "Who may call is decided here, and secrets belong into optional_secrets."
  }
}

variable "optional_secrets" {
  description = "operator-token opens the API to whoever shows it; otlp-headers is how telemetry proves itself to its collector."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.optional_secrets, ["operator-token", "otlp-headers"])) == 0
    error_message = "Any of operator-token and otlp-headers."
  }
}
