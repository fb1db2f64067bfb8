# ./dev test: the suites in order, then a line for each. Sourced by ./dev.

# Every suite: its name, what it proves. `./dev test` runs those up to the line; the others run when named.
suites="house unit interop asan fuzz wasm types browser"
suites_named="tsan long"
describe() {
  case $1 in
    house) echo "who may include whom" ;;
    unit) echo "the core, the hub and the simulation, natively" ;;
    interop) echo "our tokens against a COSE library of others, our mail against a client of the page alone" ;;
    asan) echo "the same under address and undefined-behaviour sanitizers" ;;
    fuzz) echo "each parser against $fuzz_seconds seconds of broken input" ;;
    wasm) echo "the WebAssembly modules and the web site build, and a first load, the scanner and the kiosk's pages keep their budgets" ;;
    types) echo "the browser side, strictly typed" ;;
    browser) echo "the journey in a real browser, phone and tablet" ;;
    tsan) echo "the same under the thread sanitizer" ;;
    long) echo "the long tests: more seeds, more time" ;;
  esac
}
fuzz_seconds=${MACHIKADO_FUZZ_SECONDS:-5}
jobs=$(nproc)

suite_house() { python3 -m unittest discover -v -s tests/house -p '*_test.py'; }

# No test at all is a failure: ctest itself would call it a success.
run_ctest() { ctest --test-dir "$1" --output-on-failure --no-tests=error -j "$jobs" "${@:2}"; }

# Whatever is not of another suite.
suite_unit() { build_native && run_ctest build -LE '^(interop|long)$'; }

suite_interop() { build_native && run_ctest build -L '^interop$'; }

suite_asan() {
  export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
  configure asan && cmake --build build/asan || return
  # The walk in every language has been taken by `unit`; under the sanitizers one more than Japanese will do.
  MACHIKADO_LANGUAGE=ne run_ctest build/asan -LE '^(interop|long)$'
}

suite_tsan() {
  configure tsan && cmake --build build/tsan && TSAN_OPTIONS=halt_on_error=1:suppressions=$PWD/tests/tsan.supp run_ctest build/tsan -LE '^(interop|long)$'
}

suite_long() { build_native && run_ctest build -L '^long$'; }

fuzz_one() {
  local target=$1 name corpus=()
  name=$(basename "$target")
  mkdir -p "build/asan/found/$name"
  [ ! -e "$target.corpus" ] || corpus=("$(cat "$target.corpus")")
  "$target" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -print_funcs=0 -verbosity=0 \
    -artifact_prefix="build/asan/$name-" "build/asan/found/$name" "${corpus[@]}" >"build/asan/found/$name.log" 2>&1 &&
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/asan/found/$name.log") inputs" ||
    { echo "$name FAILED"; cat "build/asan/found/$name.log"; return 1; }
}

# As many at a time as there are processors.
suite_fuzz() {
  configure asan && cmake --build build/asan --target machi_fuzzers || return
  local targets
  targets=$(find build/asan/fuzz -maxdepth 1 -name '*_fuzz' -executable | sort)
  [ -n "$targets" ] || { echo "there is no fuzz target"; return 1; }
  export -f fuzz_one
  fuzz_seconds=$fuzz_seconds xargs -P "$jobs" -n 1 bash -c 'fuzz_one "$1"' fuzz <<<"$targets" || return
  echo "$(wc -l <<<"$targets") fuzz targets, nothing found"
}

suite_wasm() { build_native && build_wasm && build_site && node wasm/make/budget.mjs build/web/citizen && node wasm/make/budget.mjs build/web/public; }

suite_types() {
  [ -e wasm/build/types.ts ] || suite_wasm || return
  npm_install wasm && (cd wasm && npm run --silent check)
}

suite_browser() {
  [ -x build/bin/machi ] && [ -d build/web ] || suite_wasm || return
  npm_install wasm && npm_install tests/browser && (cd tests/browser && timeout --kill-after=30 2400 npm test)
}

dev_test() {
  local chosen=("$@") name passed=0 failed=0 started seconds lines=()
  [ $# -gt 0 ] || read -ra chosen <<<"$suites"
  for name in "${chosen[@]}"; do
    [[ " $suites $suites_named " == *" $name "* ]] || fail "there is no suite '$name'; there are: $suites $suites_named"
  done
  if [ "${chosen[*]}" != house ]; then need_build_tools; else need_packages python3; fi
  for name in "${chosen[@]}"; do
    case $name in
      # shellcheck disable=SC2086
      fuzz) need_packages $packages_sanitizers ;;
      # shellcheck disable=SC2086
      asan) need_packages $packages_test $packages_sanitizers ;;
      # shellcheck disable=SC2086
      unit | tsan | long) need_packages $packages_test ;;
      # shellcheck disable=SC2086
      browser) need_packages $packages_browser ;;
    esac
  done
  mkdir -p build
  exec 7>build/.lock
  flock -n 7 || { step "Waiting for another ./dev to finish building"; flock 7; }
  if [ "${chosen[*]}" != house ]; then
    step "Third-party libraries and the WebAssembly compiler (once: about three minutes)"
    logged deps third_party || fail "the third-party libraries could not be made"
  fi
  for name in "${chosen[@]}"; do
    step "$name: $(describe "$name")"
    started=$SECONDS
    if logged "test-$name" "suite_$name"; then
      passed=$((passed + 1)) lines+=("passed")
    else
      failed=$((failed + 1)) lines+=("FAILED")
    fi
    seconds=$((SECONDS - started))
    lines[-1]=$(printf '%s  %-8s %4d s  %s' "${lines[-1]}" "$name" "$seconds" "$(describe "$name")")
  done
  echo
  printf '%s\n' "${lines[@]}"
  echo "$passed passed, $failed failed"
  [ $failed -eq 0 ]
}
