{{/* Where Kafka and the registry are, as the service's own settings say it. The hook runs before its ConfigMap is there. */}}
{{- define "service.topicsEnvironment" -}}
{{- range $name, $value := .Values.settings }}
{{- if and (regexMatch "^(KAFKA|SCHEMA_REGISTRY)_" $name) (not (kindIs "invalid" $value)) }}
- { name: {{ $name }}, value: {{ include "service.text" $value | quote }} }
{{- end }}
{{- end }}
{{- range $name, $from := .Values.secrets }}
{{- if regexMatch "^(KAFKA|SCHEMA_REGISTRY)_" $name }}
- { name: {{ $name }}, valueFrom: { secretKeyRef: { name: {{ $from.name | quote }}, key: {{ $from.key | quote }} } } }
{{- end }}
{{- end }}
- { name: DEPLOY_WAIT_SECONDS, value: {{ .Values.topics.waitSeconds | quote }} }
{{- if .Values.topics.replicationFactor }}
- { name: KAFKA_REPLICATION_FACTOR, value: {{ .Values.topics.replicationFactor | quote }} }
{{- end }}
{{- if .Values.caBundle.name }}
- { name: NODE_EXTRA_CA_CERTS, value: /run/settings/ca.crt }
{{- end }}
{{- end }}

{{- define "service.topicsJob" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Chart.Name }}-topics
  labels: { app.kubernetes.io/name: {{ .Chart.Name }}-topics, app.kubernetes.io/part-of: contact-sync }
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: '0'
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 2
  activeDeadlineSeconds: {{ add 120 (mul 2 .Values.topics.waitSeconds) }}
  template:
    metadata:
      labels: { app.kubernetes.io/name: {{ .Chart.Name }}-topics, app.kubernetes.io/part-of: contact-sync }
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext: {{- include "service.podSecurity" . | nindent 8 }}
      {{- with .Values.image.pullSecrets }}
      imagePullSecrets: {{- range . }}
        - name: {{ . | quote }}
      {{- end }}{{ end }}
      containers:
        - name: topics
          image: {{ include "service.image" (dict "image" .Values.topics.image "version" .Chart.AppVersion) | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          securityContext: {{- include "service.containerSecurity" . | nindent 12 }}
          env: {{- include "service.topicsEnvironment" . | nindent 12 }}
          resources: { requests: { cpu: 50m, memory: 128Mi }, limits: { memory: 256Mi } }
          {{- if .Values.caBundle.name }}
          volumeMounts: [{ name: ca, mountPath: /run/settings, readOnly: true }]
          {{- end }}
      {{- with .Values.caBundle }}{{ if .name }}
      volumes: [{ name: ca, configMap: { name: {{ .name | quote }}, items: [{ key: {{ .key | quote }}, path: ca.crt }] } }]
      {{- end }}{{ end }}
{{- end }}

{{- define "service.topicsNetworkPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Chart.Name }}-topics
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: '-5'
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  podSelector: { matchLabels: { app.kubernetes.io/name: {{ .Chart.Name }}-topics } }
  policyTypes: [Ingress, Egress]
  egress:
    - to: {{ toJson .Values.networkPolicy.dns }}
      ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
    {{- range list "kafka" "registry" }}
    {{- $server := get $.Values.networkPolicy . }}
    - {{ include "service.rule" (dict "direction" "to" "peers" $server.peers "ports" $server.ports) }}
    {{- end }}
{{- end }}
