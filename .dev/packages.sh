# The Debian packages that building and testing stand on, and node. Sourced by ./dev.

packages_build="g++ cmake ninja-build patchelf python3 python3-pip ca-certificates debian-archive-keyring gettext git
  fonts-ipaexfont-gothic fonts-ipamj-mincho libgtest-dev libboost-dev libcurl4-openssl-dev libssl-dev libcli11-dev libpng-dev libjpeg-dev
  libpq-dev libexpat1-dev libcairo2-dev libharfbuzz-dev libfreetype-dev libpcsclite-dev libcups2-dev libqpdf-dev
  libsdl2-dev libgles-dev pkg-config fonts-noto-cjk"
# libqpdf-dev: certificates as PDF/A; it rewrites a file's objects without touching what is drawn.
# libpcsclite-dev, libcups2-dev: card readers by PC/SC and printers by IPP, through the libraries of those who keep the standards' own programs.
# libpq-dev above: `machi hub serve --database postgresql://...` speaks PostgreSQL's protocol by PostgreSQL's own client library.
# libexpat1-dev: disaster messages are XML; expat is small, bounded against a billion laughs, and kept up by its makers.
# libcairo2-dev, libharfbuzz-dev, libfreetype-dev: certificates as PDF; HarfBuzz alone says whether a font has a variation sequence.
# libsdl2-dev, libgles-dev: the kiosk's window (kiosk/), by OpenGL ES 3; pkg-config says where they lie.
# fonts-noto-cjk: the letters of kiosk.html are cut out of it.
# The server: the contract of the hub's store is held on a PostgreSQL that the test starts itself, in a folder of its own.
# openssl, the program: the clerk's tests make an authority, cards and lists of revoked ones with it.
# pcscd, vsmartcard-vpcd: the machine's card service with a virtual reader; cups-ipp-utils: a printer by IPP (ippeveprinter), which
# wants a message bus (dbus-daemon of its own); iproute2, util-linux: a network of its own for the reader, which listens on all addresses.
# What the kiosk draws with: Japanese, Chinese, Korean, Nepali; and OpenGL by the processor, without a display.
packages_test="postgresql openssl fonts-noto-cjk fonts-lohit-deva libgl1-mesa-dri libegl1 pcscd vsmartcard-vpcd cups-ipp-utils dbus
  open-jtalk open-jtalk-mecab-naist-jdic espeak-ng iproute2 util-linux default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java libcommons-logging-java"
# libpdfbox2-java: a judge of PDF/A that is not ours (preflight).
# open-jtalk with its dictionary, espeak-ng: the kiosk's voice in Japanese and in the other languages, each a process of its own.
# ./dev run kiosk: the processes that the dock starts, and what the kiosk draws and speaks with.
packages_kiosk="openssl fonts-noto-cjk fonts-lohit-deva libgl1-mesa-dri libegl1 pcscd vsmartcard-vpcd cups-ipp-utils dbus iproute2 util-linux
  open-jtalk open-jtalk-mecab-naist-jdic espeak-ng"
# The sanitizers and libFuzzer; both Debians carry this clang, and its linker takes a tenth of the other's time.
packages_sanitizers="clang-19 libclang-rt-19-dev lld-19"
# fonts-lohit-deva: Nepali has no letters on this machine without it.
packages_browser="chromium ffmpeg fonts-noto-cjk fonts-lohit-deva poppler-utils"

debian_version() { (. /etc/os-release && echo "${VERSION_ID:-0}"); }

# need_packages NAME...: installs those that are missing, as root or through sudo; without either, says what to install.
need_packages() {
  local missing=() name as_root=()
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "these packages are missing, and there is no sudo; as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  step "Installing: ${missing[*]}"
  # A machine may have no index yet, or an old one.
  logged packages "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive bash -c '
    apt-get update -q && apt-get install -y -q --no-install-recommends "$@"' packages "${missing[@]}" ||
    fail "the packages could not be installed; try: apt-get update && apt-get install ${missing[*]}"
}

# The machine itself, before anything else is asked of it.
need_machine() {
  command -v apt-get >/dev/null && [ "$(dpkg --print-architecture)" = amd64 ] ||
    fail "Debian 12 or 13 on x86-64 is needed: no apt here, or another processor"
  local version
  version=$(debian_version)
  [ "${version%%.*}" -ge 12 ] 2>/dev/null || fail "Debian 12 or 13 is needed; this is version $version"
  local free
  mkdir -p "$cache"
  free=$(df --output=avail -m "$cache" | tail -1)
  [ "$free" -gt 3000 ] || fail "$cache has $free MB free; building needs about 3 GB (MACHIKADO_CACHE names another place)"
}

need_build_tools() {
  need_machine
  # shellcheck disable=SC2086
  need_packages $packages_build
  local node
  node=$(.dev/node) || fail "node could not be had"
  export PATH=$node:$PATH
}

# npm_install DIRECTORY: its packages as locked; nothing to do when the lock has not changed since.
npm_install() {
  local lock hash
  lock=$1/package-lock.json
  [ -e "$lock" ] || fail "$lock is missing"
  hash=$(cat "$lock" "$1/package.json" | sha256sum | cut -c1-32)-$(node --version)
  [ "$(cat "$1/node_modules/.dev-installed" 2>/dev/null)" != "$hash" ] || return 0
  (cd "$1" && npm ci --no-audit --no-fund) || return
  echo "$hash" >"$1/node_modules/.dev-installed"
}
