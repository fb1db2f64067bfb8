# What the parts of ./dev share: how they speak, and how they show the progress of a long command. Sourced, not run.

cache=${MACHIKADO_CACHE:-$HOME/.cache/machikado}
export MACHIKADO_CACHE=$cache
if [ -t 2 ]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi

step() { echo "${bold}==> $*${plain}" >&2; }
fail() { echo "dev: $*" >&2; exit 1; }

# On a terminal the last line of a command's output, on one line that changes; elsewhere its lines, with only every
# fiftieth of ninja's counting ones.
progress() {
  local line columns count=0
  if [ -t 2 ]; then
    columns=$(tput cols 2>/dev/null || echo 100)
    while IFS= read -r line; do printf '\r\e[K%s' "${line:0:columns-1}" >&2; done
    printf '\r\e[K' >&2
  else
    while IFS= read -r line; do
      if [[ $line =~ ^\[[0-9]+/[0-9]+\] ]] && ((count++ % 50)); then continue; fi
      printf '    %s\n' "$line" >&2
    done
  fi
}

# logged NAME COMMAND...: runs it with its output in build/log/NAME.log and its progress shown; when it fails on a
# terminal, where the lines have gone by, shows the end of the log.
logged() {
  local name=$1 log=build/log/$1.log status=0
  shift
  mkdir -p build/log
  { "$@" </dev/null 2>&1 | tee "$log" | progress; } || status=$?
  if [ $status -ne 0 ]; then
    [ ! -t 2 ] || tail -n 60 "$log" >&2
    echo "dev: $name failed; all of its output is in $log" >&2
  fi
  return $status
}
