{{/* The operator finds its own pods by this name; it is no setting. */}}
{{- define "llm-gateway.name" -}}llm-gateway-operator{{- end }}

{{- define "llm-gateway.selector" -}}
app.kubernetes.io/name: {{ include "llm-gateway.name" . }}
{{- end }}

{{- define "llm-gateway.labels" -}}
{{ include "llm-gateway.selector" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* repository, tag or digest. Takes (list image root). */}}
{{- define "llm-gateway.image" -}}
{{- $image := index . 0 }}{{ $root := index . 1 }}
{{- if $image.digest }}{{ $image.repository }}@{{ $image.digest }}
{{- else }}{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Watched namespaces of mode Namespaces, the release's own first. */}}
{{- define "llm-gateway.watched" -}}
{{ prepend (without .Values.watch.namespaces .Release.Namespace | uniq) .Release.Namespace | toJson }}
{{- end }}
