{{- define "service.probe" -}}
httpGet: { path: {{ .path }}, port: ops }
periodSeconds: {{ .period }}
timeoutSeconds: 3
failureThreshold: {{ .failures }}
{{- end }}

{{- define "service.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  {{- if not (or .Values.autoscaling.enabled .Values.keda.enabled) }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 300
  # A new pod is ready before an old one goes.
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  selector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
  template:
    metadata:
      labels:
        {{- include "service.labels" . | nindent 8 }}
        {{- with .Values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      annotations:
        contact-sync/settings: {{ include "service.settings" . | sha256sum }}
        {{- with .Values.podAnnotations }}{{ toYaml . | nindent 8 }}{{ end }}
    spec:
      serviceAccountName: {{ .Chart.Name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      # The drain, then at most 9.5 s in which the process closes what it has opened.
      terminationGracePeriodSeconds: {{ add .Values.drainSeconds 15 }}
      securityContext: {{- include "service.podSecurity" . | nindent 8 }}
      {{- with .Values.image.pullSecrets }}
      imagePullSecrets: {{- range . }}
        - name: {{ . | quote }}
      {{- end }}{{ end }}
      topologySpreadConstraints:
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: { matchLabels: {{ include "service.selector" $ | fromYaml | toJson }} }
        {{- end }}
      containers:
        - name: {{ .Chart.Name }}
          image: {{ include "service.image" (dict "image" .Values.image "version" .Chart.AppVersion) | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          securityContext: {{- include "service.containerSecurity" . | nindent 12 }}
          ports:
            - { name: http, containerPort: {{ .Values.ports.http }} }
            - { name: ops, containerPort: {{ .Values.ports.ops }} }
          envFrom: [{ configMapRef: { name: {{ .Chart.Name }} } }]
          env: {{- include "service.fileSettings" . | nindent 12 }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
          # What is not ready yet is no reason to start again: it waits for servers that start beside it.
          startupProbe: {{- include "service.probe" (dict "path" "/startupz" "period" 1 "failures" 120) | nindent 12 }}
          readinessProbe: {{- include "service.probe" (dict "path" "/readyz" "period" 2 "failures" 2) | nindent 12 }}
          livenessProbe: {{- include "service.probe" (dict "path" "/livez" "period" 10 "failures" 6) | nindent 12 }}
          volumeMounts:
            - { name: settings, mountPath: /run/settings, readOnly: true }
            - { name: tmp, mountPath: /tmp }
      volumes:
        - {{- include "service.filesVolume" . | nindent 10 }}
        - { name: tmp, emptyDir: { sizeLimit: 64Mi } }
      {{- with .Values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .Values.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
