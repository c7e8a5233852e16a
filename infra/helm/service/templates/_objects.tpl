{{- define "service.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  selector: {{- include "service.selector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ .Values.ports.http }}, targetPort: http }
    - { name: ops, port: {{ .Values.ports.ops }}, targetPort: ops }
{{- end }}

{{- define "service.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
automountServiceAccountToken: false
{{- end }}

{{- define "service.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ .Values.disruptionBudget.maxUnavailable }}
  selector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
{{- end }}

{{- define "service.autoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .Chart.Name }} }
  minReplicas: {{ .Values.autoscaling.minReplicas }}
  maxReplicas: {{ .Values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: {{ .Values.autoscaling.cpuPercent }} } }
{{- end }}

{{- define "service.scaledObject" -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  scaleTargetRef: { name: {{ .Chart.Name }} }
  minReplicaCount: {{ .Values.keda.minReplicas }}
  maxReplicaCount: {{ .Values.keda.maxReplicas }}
  triggers:
    {{- range .Values.keda.topics }}
    - type: kafka
      metadata:
        bootstrapServers: {{ $.Values.keda.brokers | quote }}
        consumerGroup: {{ $.Values.keda.group | quote }}
        topic: {{ . | quote }}
        lagThreshold: {{ $.Values.keda.lag | quote }}
      {{- with $.Values.keda.authenticationRef }}
      authenticationRef: { name: {{ . | quote }} }
      {{- end }}
    {{- end }}
{{- end }}

{{- define "service.ingress" -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
  {{- with .Values.ingress.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with .Values.ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.ingress.tlsSecret }}
  tls: [{ hosts: [{{ $.Values.ingress.host | quote }}], secretName: {{ . | quote }} }]
  {{- end }}
  rules:
    - host: {{ .Values.ingress.host | quote }}
      http:
        paths:
          - path: {{ .Values.ingressPath | default "/" | quote }}
            pathType: Prefix
            backend: { service: { name: {{ .Chart.Name }}, port: { name: http } } }
{{- end }}

{{- define "service.serviceMonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
    {{- with .Values.monitoring.labels }}{{ toYaml . | nindent 4 }}{{ end }}
spec:
  selector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
  endpoints: [{ port: ops, path: /metrics, interval: {{ .Values.monitoring.interval }} }]
{{- end }}

{{- define "service.prometheusRule" -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
    {{- with .Values.monitoring.labels }}{{ toYaml . | nindent 4 }}{{ end }}
spec:
  groups:
    - name: {{ .Chart.Name }}
      rules:
        - alert: ContactSyncServiceAway
          expr: 'sum(up{job="{{ .Chart.Name }}"}) < 1 or absent(up{job="{{ .Chart.Name }}"})'
          for: 2m
          labels: { severity: critical, service: {{ .Chart.Name }} }
          annotations: { summary: No copy of {{ .Chart.Name }} answers. }
        - alert: ContactSyncServerErrors
          expr: 'sum(rate(http_request_duration_seconds_count{job="{{ .Chart.Name }}",status=~"5.."}[5m])) / sum(rate(http_request_duration_seconds_count{job="{{ .Chart.Name }}"}[5m])) > 0.02'
          for: 5m
          labels: { severity: warning, service: {{ .Chart.Name }} }
          annotations: { summary: More than one in fifty answers of {{ .Chart.Name }} is a 5xx. }
{{- end }}
