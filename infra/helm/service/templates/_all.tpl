{{/* Every object of one service. */}}
{{- define "service.all" -}}
{{- $parts := list "serviceAccount" "configMap" "service" "deployment" -}}
{{- if .Values.networkPolicy.enabled }}{{ $parts = append $parts "networkPolicy" }}{{ end -}}
{{- if .Values.disruptionBudget.enabled }}{{ $parts = append $parts "disruptionBudget" }}{{ end -}}
{{- if .Values.autoscaling.enabled }}{{ $parts = append $parts "autoscaler" }}{{ end -}}
{{- if .Values.keda.enabled }}{{ $parts = append $parts "scaledObject" }}{{ end -}}
{{- if .Values.ingress.enabled }}{{ $parts = append $parts "ingress" }}{{ end -}}
{{- if .Values.monitoring.enabled }}{{ $parts = concat $parts (list "serviceMonitor" "prometheusRule") }}{{ end -}}
{{- if .Values.topics.enabled }}
{{- $parts = append $parts "topicsJob" }}
{{- if .Values.networkPolicy.enabled }}{{ $parts = append $parts "topicsNetworkPolicy" }}{{ end }}
{{- end }}
{{- range $parts }}
---
{{ include (printf "service.%s" .) $ }}
{{- end }}
{{- end }}
