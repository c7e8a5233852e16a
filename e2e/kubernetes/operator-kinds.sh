#!/usr/bin/env bash
# Gives the cluster of KUBECONFIG the kinds of prometheus-operator and KEDA, out of their Go modules, and no operator.
set -euo pipefail
cd "$(mktemp -d)"
folder_of() { go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'; }
prometheus=$(folder_of github.com/prometheus-operator/prometheus-operator@v0.85.0)/example/prometheus-operator-crd
keda=$(folder_of github.com/kedacore/keda/v2@v2.18.0)/config/crd/bases
kubectl apply --server-side \
  -f "$prometheus/monitoring.coreos.com_servicemonitors.yaml" \
  -f "$prometheus/monitoring.coreos.com_prometheusrules.yaml" \
  -f "$keda/keda.sh_scaledobjects.yaml"
