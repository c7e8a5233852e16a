{{/* All settings that are no secrets: what the chart decides, then what the values say. */}}
{{- define "service.settings" -}}
{{- $copies := ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled -}}
{{- $settings := dict "HOST" "0.0.0.0" "PORT" .Values.ports.http "OPS_PORT" .Values.ports.ops -}}
{{- $_ := set $settings "DRAIN_DELAY_MS" (mul 1000 .Values.drainSeconds) -}}
{{- /* One more while a release is rolled out. */ -}}
{{- if .Values.copiesSetting }}{{ $_ := set $settings .Values.copiesSetting (add 1 $copies) }}{{ end -}}
{{- range $name, $value := merge dict .Values.settings $settings }}
{{- if and (not (kindIs "invalid" $value)) (ne (include "service.text" $value) "") }}
{{ $name }}: {{ include "service.text" $value | quote }}
{{- end }}
{{- end }}
{{- if .Values.caBundle.name }}
NODE_EXTRA_CA_CERTS: /run/settings/ca.crt
{{- end }}
{{- end }}

{{/* NAME_FILE for each setting that is read from a file; a setting that is a file's name already stays as it is. */}}
{{- define "service.fileSettings" -}}
{{- range $name, $_ := merge dict .Values.secrets .Values.files }}
- name: {{ ternary $name (printf "%s_FILE" $name) (hasSuffix "_FILE" $name) }}
  value: /run/settings/{{ $name }}
{{- end }}
{{- end }}

{{/* One projected volume, which follows its Secrets when they change. */}}
{{- define "service.filesVolume" -}}
name: settings
projected:
  defaultMode: 0440
  sources:
    {{- range $name, $from := .Values.secrets }}
    - secret: { name: {{ $from.name | quote }}, items: [{ key: {{ $from.key | quote }}, path: {{ $name | quote }} }] }
    {{- end }}
    {{- range $name, $from := .Values.files }}
    - configMap: { name: {{ $from.name | quote }}, items: [{ key: {{ $from.key | quote }}, path: {{ $name | quote }} }] }
    {{- end }}
    {{- with .Values.caBundle }}{{ if .name }}
    - configMap: { name: {{ .name | quote }}, items: [{ key: {{ .key | quote }}, path: ca.crt }] }
    {{- end }}{{ end }}
{{- end }}

{{- define "service.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
data: {{- include "service.settings" . | nindent 2 }}
{{- end }}
