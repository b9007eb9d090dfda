# What a student at a terminal does, for the student-*.sh scripts. Every wait has a deadline.
# shellcheck shell=bash
set -u
SANDBOX=("$@")
PORTS=(--http-port 0 --https-port 0 --ui-port 0)
PATIENCE=20
OLD=0.8.0
NEW=0.9.0

fail() {
  echo "FAILED: $*" >&2
  [ -n "${CLI_PID:-}" ] && kill "$CLI_PID"
  exit 1
}

# Starts the sandbox; what it says is read line by line from the coprocess, what is typed goes to it.
start() {
  coproc CLI { exec "${SANDBOX[@]}" "$@" "${PORTS[@]}" 2>&1; }
}

# Waits for the next line that matches.
wait_for() {
  while read -r -t "$PATIENCE" -u "${CLI[0]}" LINE; do
    echo "| $LINE"
    [[ $LINE =~ $1 ]] && return
  done
  fail "no line matched: $1"
}

press_enter() { echo >&"${CLI[1]}"; }

# Ctrl-C, and the end of the sandbox.
press_ctrl_c() {
  local pid=$CLI_PID
  kill -INT "$pid"
  wait "$pid" || fail "Ctrl-C ended with exit code $?"
}

# Waits for the hostname and reads the lines to paste.
read_lines_to_paste() {
  wait_for '^Load balancer of Service ingress-nginx/ingress-nginx-controller: (k8s-.*\.localhost)$'
  HOST=${BASH_REMATCH[1]}
  wait_for '^It answers\. Try:$'
  PASTED=()
  while IFS= read -r -t "$PATIENCE" -u "${CLI[0]}" LINE && [[ $LINE == '  '* ]]; do PASTED+=("${LINE#  }"); done
  [ ${#PASTED[@]} -gt 0 ] || fail 'no line to paste'
  [[ ${PASTED[0]} == 'curl '* ]] || fail "the first line is not curl: ${PASTED[0]}"
  URL=${PASTED[0]#curl }
}

# Which version answered each of $1 requests, one after the other.
versions() { curl -s --max-time 10 "${URL}?[1-$1]" | grep -oE '^[a-z-]+ [0-9]+\.[0-9]+\.[0-9]+$'; }

# How many of $1 requests the new version answered.
count_canary() { versions "$1" | grep -c ' '"$NEW"'$'; }

paste_every_line() {
  local line answer
  for line in "${PASTED[@]}"; do
    # An endless loop ends after some seconds.
    answer=$(timeout 3 /bin/bash -c "$line")
    [[ $answer == *" $OLD"* ]] || fail "pasted: $line; answered: $answer"
    echo "pasted: $line"
  done
}
