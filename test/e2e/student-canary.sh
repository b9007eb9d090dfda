#!/bin/bash
# A student with bash, curl and an editor (sed), and nothing else, walks through the canary exercise.
# Usage, in an empty folder: student-canary.sh <the command that starts the sandbox> …
source "$(dirname "${BASH_SOURCE[0]}")/student.bash"

"${SANDBOX[@]}" init canary my-canary || fail 'init'
cd my-canary || fail 'init made no folder'
start canary.yaml
read_lines_to_paste
FIRST_HOST=$HOST
paste_every_line

echo '--- breaks the host of the canary'
NUMBER=$(grep -n "host: $HOST" canary.yaml | tail -1 | cut -d: -f1)
sed -i "${NUMBER}s/$HOST/shop.example.com/" canary.yaml
wait_for "canary.yaml changed \(line $NUMBER: host .* → shop\.example\.com\)\. Press Enter to apply"
press_enter
wait_for "canary\.yaml:$NUMBER:[0-9]+: .*canary.* gets no traffic: .*shop\.example\.com"
[ "$(count_canary 200)" = 0 ] || fail 'a canary without a main Ingress got traffic'

echo '--- fixes it'
sed -i "${NUMBER}s/shop\.example\.com/$HOST/" canary.yaml
wait_for 'Press Enter to apply'
press_enter
wait_for '^Settled\.'
CANARY=$(count_canary 200)
echo "$CANARY of 200 answers are the canary's"
[ "$CANARY" -ge 1 ] || fail 'no canary answer in 200 requests'
[ "$CANARY" -le 40 ] || fail 'that is not 5 %'

echo '--- 5 → 50'
sed -i 's/canary-weight: "5"/canary-weight: "50"/' canary.yaml
wait_for 'weight 5 → 50'
PRESSED=${EPOCHREALTIME/[.,]/}
press_enter
# Of 40 requests, weight 5 sends fewer than 10 to the canary and weight 50 at least 10, all but surely.
while BEGAN=${EPOCHREALTIME/[.,]/}; [ "$(count_canary 40)" -lt 10 ]; do
  [ $((BEGAN - PRESSED)) -lt 1000000 ] || fail 'the new weight is not seen after a second'
done
echo "seen $(((BEGAN - PRESSED) / 1000)) ms after Enter"

echo '--- Ctrl-C, and again'
press_ctrl_c
for RUN in 1 2; do
  start canary.yaml
  read_lines_to_paste
  [ "$HOST" = "$FIRST_HOST" ] || fail "another hostname after a restart: $HOST"
  versions 100 > "answers-$RUN"
  [ "$(wc -l < "answers-$RUN")" = 100 ] || fail 'not every request was answered'
  press_ctrl_c
done
cmp answers-1 answers-2 || fail 'another result after a restart'
echo "DONE: $(grep -c '0\.9\.0' answers-1) of 100 at weight 50, twice the same"
