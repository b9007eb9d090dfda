#!/bin/bash
# A student runs a folder: the genuine manifest of ingress-nginx for AWS, an Ingress, an app, and a Namespace that sorts last.
# Usage, in an empty folder: student-folder.sh <ingress-nginx' aws/deploy.yaml> <the command that starts the sandbox> …
MANIFEST=$1
shift
source "$(dirname "${BASH_SOURCE[0]}")/student.bash"
OLD=1.0.0

mkdir k8s && cp "$MANIFEST" k8s/deploy.yaml || fail 'the manifest'
cat > k8s/ingress.yaml << 'YAML'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: team-z }
spec:
  ingressClassName: nginx
  rules:
  - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: shop, port: { number: 80 } } } }] }
YAML
cat > k8s/shop.yaml << 'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: team-z }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: shop, image: "shop:1.0.0", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: shop, namespace: team-z }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: 8080 }] }
YAML
printf 'apiVersion: v1\nkind: Namespace\nmetadata: { name: team-z }\n' > k8s/zz-namespace.yaml

PATIENCE=40
start k8s
wait_for 'Deployment shop .*namespaces "team-z" not found'
# The Ingress waits for the controller's webhook, too; then everything is there.
read_lines_to_paste
paste_every_line
STATUS=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 "$URL")
press_ctrl_c
[ "$STATUS" = 200 ] || fail "the answer is $STATUS"
echo "DONE: $STATUS"
