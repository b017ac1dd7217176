output "target" {
  description = "What the scheduler calls."
  value       = local.target
}

output "repository" {
  description = "Where images belong."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.this.repository_id}"
}

output "next" {
  description = "What to type after the first apply, with the secrets' values in variables of their names."
  value = join("\n", concat(
    [
      for name, variable in local.secrets :
      format("printf %%s \"$%s\" | gcloud secrets versions add %s-%s --data-file=- --project=%s", variable, var.service, name, var.project)
    ],
    [
      "gcloud auth configure-docker ${var.region}-docker.pkg.dev",
      "docker build -f deploy/Dockerfile -t ${var.region}-docker.pkg.dev/${var.project}/${var.service}/ballast:1 .",
      "docker push ${var.region}-docker.pkg.dev/${var.project}/${var.service}/ballast:1",
    ],
  ))
}
