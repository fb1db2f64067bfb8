# ./dev bench: measurements beside a peer in the same run, printed as ratios. No part of the tests: a busy machine is no
# judge of a program. Sourced by ./dev.

benches="hub browser screens scanner notice desk rules certificate"
describe_bench() {
  case $1 in
    hub) echo "the hub beside Fastify and PostgreSQL, its commits beside the disk's syncs, its memory; on PostgreSQL beside pgbench" ;;
    screens) echo "every screen of the desk over a school of 600 pupils and a full month, beside nlohmann/json writing the same" ;;
    scanner) echo "our scanner of QR symbols over photographs, hard pictures, moving cameras and the household pass, beside zxing-wasm, jsQR and zbar-wasm" ;;
    notice) echo "a year of notices against a profile beside SQLite making the same selection; the feed's size; an answer over 5,000 entries; encrypted push messages" ;;
    certificate) echo "a certificate as PDF beside pdfkit and a cold Chromium; the kiosk: card to name, frames, touches, 10,000 visitors, start, idling" ;;
    desk) echo "a household's pass before the desk's camera, the page and its workers four times slowed: from the frame that holds it to in" ;;
    rules) echo "a pack of 100 benefits decided for a person natively, the sample town's 88 in the phone's module; a vaccination plan; a city's placement of children" ;;
    browser) echo "the parent's app on a slow phone's line and processor, beside packages that others would assemble" ;;
  esac
}

bench_hub() {
  need_packages postgresql util-linux # the peer's database; the bench starts one of its own
  npm_install tests/bench/hub/peer || return
  build_native && cmake --build build --target hub_bench hub_postgres_bench || return
  (cd build && MACHIKADO_PEER=$PWD/../tests/bench/hub/peer/run bench/hub_bench) && build/bench/hub_postgres_bench
}

bench_screens() {
  build_native && cmake --build build --target screens_bench || return
  build/bench/screens_bench
}

bench_notice() {
  build_native && cmake --build build --target segment_bench answers_bench feed_bench push_bench || return
  build/bench/segment_bench && build/bench/answers_bench && build/bench/feed_bench && build/bench/push_bench || return
  # The app of notices itself, where the browser's module is built (./dev build).
  [ -e build/wasm/bin/machi_notices.mjs ] || return 0
  mkdir -p build/bench/notices && build/bench/feed_bench build/bench/notices 2000 >/dev/null &&
    node tests/bench/notice/phone.mjs build/bench/notices --check
}

# The site as built; npm packages of the peer and the tests' browser.
bench_browser() {
  # shellcheck disable=SC2086
  need_packages $packages_browser
  build_native && build_wasm && build_site || return
  npm_install tests/bench/browser && node tests/bench/browser/first_load.mjs
}

# The scanner's module alone.
bench_scanner() {
  configure wasm && cmake --build build/wasm --target scanner || return
  npm_install tests/bench/scanner && node tests/bench/scanner/scanner_bench.mjs build/wasm/bin
}

bench_rules() {
  build_native && cmake --build build --target rules_bench placement_bench machi || return
  build/bench/rules_bench && build/bench/placement_bench || return
  configure wasm && cmake --build build/wasm --target machi_support || return
  rm -rf build/bench/town && build/bin/machi sample build/bench/town >/dev/null && node tests/bench/rules/phone.mjs build/wasm/bin build/bench/town/site-citizen
}

bench_certificate() {
  # shellcheck disable=SC2086
  need_packages $packages_browser
  npm_install tests/bench/certificate/peer || return
  build_native && cmake --build build --target certificate_bench kiosk_bench card_bench || return
  local failed=0
  node tests/bench/certificate/certificate_bench.mjs build/bench/certificate_bench || failed=1
  build/bench/card_bench || failed=1
  build/bench/kiosk_bench || failed=1
  return $failed
}

bench_desk() {
  # shellcheck disable=SC2086
  need_packages $packages_browser
  build_native && build_wasm && build_site && npm_install tests/browser || return
  (cd tests/browser && MACHI_SLOW=4 MACHI_ROUNDS=60 MACHI_WITHIN=300 node --test --test-timeout=900000 journey/scan.test.mjs)
}

dev_bench() {
  local chosen=("$@") name failed=0
  [ $# -gt 0 ] || read -ra chosen <<<"$benches"
  for name in "${chosen[@]}"; do
    [[ " $benches " == *" $name "* ]] || fail "there is no bench '$name'; there are: $benches"
  done
  need_build_tools
  mkdir -p build
  exec 7>build/.lock
  flock -n 7 || { step "Waiting for another ./dev to finish building"; flock 7; }
  step "Third-party libraries and the WebAssembly compiler (once: about three minutes)"
  logged deps third_party || fail "the third-party libraries could not be made"
  for name in "${chosen[@]}"; do
    step "$name: $(describe_bench "$name")"
    logged "bench-$name" "bench_$name" || failed=1
    grep -E "held|NOT HELD|a second|memory with|us of processor" "build/log/bench-$name.log" || true
  done
  [ $failed -eq 0 ]
}
