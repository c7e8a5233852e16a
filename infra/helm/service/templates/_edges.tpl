{{/* Who calls whom, and which servers each needs: these edges and no others (design section 1). */}}
{{- define "service.edges" -}}
gateway-api: { public: true, servers: [redis], peers: [auth-service, contact-service, event-worker, webhook-simulator] }
auth-service: { servers: [redis], peers: [] }
contact-service: { servers: [redis, kafka, registry], peers: [auth-service] }
webhook-ingest: { public: true, servers: [redis, kafka, registry], peers: [auth-service] }
event-worker: { servers: [redis, kafka, registry, acme], peers: [auth-service, contact-service, webhook-ingest] }
webhook-simulator: { servers: [redis], peers: [auth-service, webhook-ingest, gateway-api] }
{{- end }}

{{- define "service.portOf" -}}
{{- get (dict "gateway-api" 3000 "auth-service" 3001 "contact-service" 3002 "webhook-ingest" 3003 "event-worker" 3004 "webhook-simulator" 3005) . -}}
{{- end }}

{{/* to/from: a list of peers, left out where it is empty, which means any; ports: TCP. */}}
{{- define "service.rule" -}}
{{- $rule := dict -}}
{{- if .peers }}{{ $_ := set $rule .direction .peers }}{{ end -}}
{{- $ports := list -}}
{{- range .ports }}{{ $ports = append $ports (dict "protocol" "TCP" "port" (ternary (int .) . (not (kindIs "string" .)))) }}{{ end -}}
{{- $_ := set $rule "ports" $ports -}}
{{- toJson $rule -}}
{{- end }}

{{- define "service.networkPolicy" -}}
{{- $policy := .Values.networkPolicy -}}
{{- $edges := include "service.edges" . | fromYaml -}}
{{- $own := get $edges .Chart.Name -}}
{{- $callers := list -}}
{{- range $name, $edge := $edges }}{{ if has $.Chart.Name $edge.peers }}{{ $callers = append $callers (dict "podSelector" (dict "matchLabels" (dict "app.kubernetes.io/name" $name))) }}{{ end }}{{ end -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .Chart.Name }}
  labels: {{- include "service.labels" . | nindent 4 }}
spec:
  podSelector: { matchLabels: {{ include "service.selector" . | fromYaml | toJson }} }
  policyTypes: [Ingress, Egress]
  ingress:
    {{- if $own.public }}
    - {{ include "service.rule" (dict "direction" "from" "peers" (ternary (concat $policy.public $callers) list (gt (len $policy.public) 0)) "ports" (list "http")) }}
    {{- else if $callers }}
    - {{ include "service.rule" (dict "direction" "from" "peers" $callers "ports" (list "http")) }}
    {{- end }}
    {{- with $policy.metrics }}
    - {{ include "service.rule" (dict "direction" "from" "peers" . "ports" (list "ops")) }}
    {{- end }}
  egress:
    - to: {{ toJson $policy.dns }}
      ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }]
    {{- range $own.peers }}
    - {{ include "service.rule" (dict "direction" "to" "peers" (list (dict "podSelector" (dict "matchLabels" (dict "app.kubernetes.io/name" .)))) "ports" (list (include "service.portOf" . | int))) }}
    {{- end }}
    {{- range $own.servers }}
    {{- $server := get $policy . }}
    {{- if or (ne . "acme") $server.peers }}
    - {{ include "service.rule" (dict "direction" "to" "peers" $server.peers "ports" $server.ports) }}
    {{- end }}
    {{- end }}
{{- end }}
