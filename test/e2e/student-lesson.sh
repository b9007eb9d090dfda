#!/bin/bash
# A student starts from the bare text of the lesson's page and does what the messages say, with an image, names and a
# namespace of their own.
# Usage, in an empty folder: student-lesson.sh <the lesson's text> <the command that starts the sandbox> …
LESSON=$1
shift
source "$(dirname "${BASH_SOURCE[0]}")/student.bash"
OLD=2.3.0
NEW=2.4.0

# What `validate` says about a file that it must refuse.
validate() { "${SANDBOX[@]}" validate "$1" 2>&1 && fail "$1 was accepted"; }

# Saves the text that the message about lost indentation shows.
take_indented_text() {
  local said
  said=$(validate "$1")
  [[ $said == "$1":*'indentation was lost'* ]] || fail "$1: $said"
  sed -n 's/^      //p' <<< "$said" > indented && mv indented "$1"
}

# The line of a file that a message names.
line_of() { [[ $1 =~ ^$2:([0-9]+):[0-9]+:\ .*$3 ]] && echo "${BASH_REMATCH[1]}"; }

app() {
  cat << MANIFEST
apiVersion: apps/v1
kind: Deployment
metadata: { name: $1, namespace: alice }
spec:
  selector: { matchLabels: { app: $1 } }
  template:
    metadata: { labels: { app: $1 } }
    spec: { containers: [{ name: ui, image: "registry.example.com/alice/movies-ui:$2", ports: [{ containerPort: 8000 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: $1-svc, namespace: alice }
spec: { selector: { app: $1 }, ports: [{ port: 80, targetPort: 8000 }] }
MANIFEST
}

mkdir k8s && cd k8s || fail 'mkdir'
{ printf 'apiVersion: v1\nkind: Namespace\nmetadata: { name: alice }\n---\n' && app movies "$OLD"; } > app.yaml
app movies-canary "$NEW" > app-canary.yaml

echo '--- no controller yet'
start .
wait_for '^Nothing is published'
press_ctrl_c

echo '--- the hostname of the load balancer'
start . --addon ingress-nginx
wait_for '^Load balancer of Service ingress-nginx/ingress-nginx-controller: (k8s-.*\.localhost)$'
DOMAIN=${BASH_REMATCH[1]}
press_ctrl_c

echo '--- the Ingress of the lesson, pasted'
sed -n '/^# k8s\/ingress-demo.yaml/,/^ingressClassName: nginx/p' "$LESSON" > ingress-demo.yaml
take_indented_text ingress-demo.yaml
SAID=$(validate ingress-demo.yaml)
echo "$SAID"
for WORD in YOUR_ELB_or_ROUTE53_DOMAIN_HERE=$DOMAIN YOUR_NETFLIX_FRONTEND_SERVICE_HERE=movies-svc YOUR_SERVICE_PORT_HERE=80; do
  LINE=$(grep "${WORD%%=*}" <<< "$SAID" | grep -oE '^ingress-demo\.yaml:[0-9]+' | cut -d: -f2)
  sed -i "${LINE:-0}s/${WORD%%=*}/${WORD#*=}/" ingress-demo.yaml || fail "no line is named for ${WORD%%=*}"
done
sed -i 's/^  name: netflix-frontend$/  name: movies\n  namespace: alice/' ingress-demo.yaml

echo '--- the canary of the lesson, pasted'
CANARY_AT=$(grep -n '^name: canary$' "$LESSON" | cut -d: -f1)
sed -n "$((CANARY_AT - 3)),/^# TODO/p" "$LESSON" > canary.yaml
take_indented_text canary.yaml
SAID=$(validate canary.yaml)
echo "$SAID"
[[ $SAID =~ ^canary\.yaml:[0-9]+:[0-9]+:\ .*TODO ]] || fail 'the TODO is not named'
sed -i 's/^  name: canary$/  name: movies-canary\n  namespace: alice/; /# TODO/d' canary.yaml
sed -n '/^  *- host:/,/number:/p' ingress-demo.yaml | sed 's/movies-svc/movies-canary-svc/' >> canary.yaml

echo '--- runs'
start . --addon ingress-nginx
read_lines_to_paste
[ "$HOST" = "$DOMAIN" ] || fail "another hostname: $HOST"
paste_every_line
versions 400 > answers
TOTAL=$(wc -l < answers)
CANARY=$(grep -c " $NEW\$" answers)
press_ctrl_c
[ "$TOTAL" = 400 ] || fail "$TOTAL of 400 requests were answered"
# Outside of 5 to 45 of 400 lies less than 1 in 10,000 at 5 %.
[ "$CANARY" -ge 5 ] && [ "$CANARY" -le 45 ] || fail "$CANARY of 400 are not 5 %"
echo "DONE: $CANARY of 400"
