# ./dev run [--date DAY]: build, a sample town, its hub and its three sites on free ports of this machine.
# ./dev run kiosk: a kiosk at a desk, with all its devices simulated and the dock that commands them. Sourced by ./dev.

# The processes started, which the trap of dev_run stops.
servers=()

taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port WANTED: that port, or the next free one from 8090 that is not among those chosen.
chosen_ports=' '
free_port() {
  port=$1
  if taken "$port"; then
    port=8090
    while taken "$port" || [[ $chosen_ports == *" $port "* ]]; do port=$((port + 1)); done
    echo "dev: port $1 is taken; using $port" >&2
  fi
  chosen_ports+="$port "
}

# start NAME COMMAND...: in the background, its log in build/log, until it says that it listens.
start() {
  local name=$1 tries
  shift
  rm -f "build/log/$name.port"
  "$@" --port-file "build/log/$name.port" </dev/null >"build/log/$name.log" 2>&1 &
  servers+=($!)
  for ((tries = 0; tries < 100; tries++)); do
    [ ! -s "build/log/$name.port" ] || return 0
    kill -0 "${servers[-1]}" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "build/log/$name.log" >&2
  fail "$name did not start; its log is build/log/$name.log"
}

stop_servers() {
  trap - EXIT INT TERM
  [ ${#servers[@]} -eq 0 ] || { kill "${servers[@]}" 2>/dev/null; wait "${servers[@]}" 2>/dev/null; }
  servers=()
}

# The dock starts the rest and ends it. Without a display the kiosk's screen is a picture on the dock's page.
dev_run_kiosk() {
  local port options=()
  # shellcheck disable=SC2086
  need_packages $packages_kiosk
  dev_build_programs
  free_port 8085
  step "A kiosk's sample town: build/sample-kiosk"
  build/bin/machi kiosk sample build/sample-kiosk >build/log/sample-kiosk.json ||
    fail "the sample could not be made. To begin anew: rm -rf build/sample-kiosk"
  .dev/voice build/voice && options=(--voice build/voice/voice.htsvoice)
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || options+=(--offscreen)
  step "The dock: http://localhost:$port (Ctrl-C stops everything; the kiosk's log is build/sample-kiosk/kiosk.log)"
  exec build/bin/machi simulate dock build/sample-kiosk --words build/words --port "$port" --quiet "${options[@]}" "$@"
}

dev_run() {
  if [ "${1:-}" = kiosk ]; then shift; dev_run_kiosk "$@"; return; fi
  local port citizen hub desk public channels name sample=build/sample
  dev_build
  trap 'stop_servers; exit 1' EXIT
  trap 'echo >&2; step "Stopping"; stop_servers; exit 0' INT TERM
  free_port 8080; citizen=$port
  free_port 8081; hub=$port
  free_port 8082; desk=$port
  free_port 8083; public=$port
  free_port 8084; channels=$port
  step "Sample town: $sample"
  build/bin/machi sample "$sample" --site "http://localhost:$citizen" --desk "http://localhost:$desk" \
    --hub "http://localhost:$hub" --channels "http://localhost:$channels" "$@" >build/log/sample.json ||
    fail "the sample town could not be made. Is another ./dev run on it? To begin a new town: rm -rf $sample"
  # What is served is the built site with the town's config.json beside it.
  rm -rf build/sites && mkdir -p build/sites
  for name in citizen desk public; do
    cp -a "build/web/$name" "build/sites/$name"
    cp "$sample/site-$name/config.json" "build/sites/$name/config.json"
    [ ! -e "$sample/site-$name/rules.machi" ] || cp "$sample/site-$name/rules.machi" "build/sites/$name/rules.machi"
  done
  start hub build/bin/machi hub serve --town "$sample" --port "$hub" \
    --origin "http://localhost:$citizen" --origin "http://localhost:$desk" --origin "http://localhost:$public"
  start press build/bin/machi notice serve "$sample" --hub "http://localhost:$hub"
  build/bin/machi push keys "$sample" >build/log/push-keys.json
  start channels build/bin/machi push serve "$sample" --hub "http://localhost:$hub" --origin "http://localhost:$channels" \
    --contact "mailto:push@hiyori.example" --port "$channels"
  start citizen build/bin/machi site serve build/sites/citizen --port "$citizen" --hub "http://localhost:$hub" \
    --channels "http://localhost:$channels"
  start desk build/bin/machi site serve build/sites/desk --port "$desk" --hub "http://localhost:$hub"
  start public build/bin/machi site serve build/sites/public --port "$public" --hub "http://localhost:$hub"
  python3 - build/log/sample.json "$citizen" "$hub" "$desk" "$public" <<'TEXT'
import json, sys
town = json.load(open(sys.argv[1], encoding="utf-8"))
citizen, hub, desk, public = sys.argv[2:]
child = town["parent"]
print(f"""
{town["town"]}, {town["school"]}

  Parent's app    http://localhost:{citizen}
    enrolment     {child["link"]}
    or its code   {child["code"]}
    as a picture  {child["png"]}
    for the form  {child["class"]} {child["child"]}, born {child["birth"]}, telephone ending in {child["digits"]}
  Teacher's desk  {town["desk"]["link"]}
  The board       {town["board"]["link"]}  (another browser profile: a browser is one desk)
  Public pages    http://localhost:{public}
  Hub             http://localhost:{hub}

Ctrl-C stops everything. The town stays in {town["folder"]} for the next time; logs are in build/log.""", flush=True)
TEXT
  # Whichever ends by itself takes the rest with it.
  local status=0
  wait -n "${servers[@]}" || status=$?
  for name in hub citizen desk public; do echo "--- $name"; tail -n 3 "build/log/$name.log"; done >&2
  fail "a server ended by itself (exit code $status)"
}
