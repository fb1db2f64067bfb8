# ./dev build: the programs, the WebAssembly modules, the web site. Sourced by ./dev.

# configure PRESET: a tree is set up once; its own CMake does it again when the files say so. One set
# up by another version of the third-party recipe is set up anew.
configure() {
  local preset=$1 triplet=native prefix options=()
  [ "$preset" != wasm ] || triplet=wasm
  prefix=$(.dev/deps $triplet) || return
  # Warnings stop the build where continuous integration holds them at none: gcc 12 and the WebAssembly compiler. A newer
  # gcc knows warnings that nobody here has seen.
  [ "$triplet" = wasm ] || [ "$(c++ -dumpversion)" = 12 ] || options=(-DMACHIKADO_WERROR=OFF)
  cmake --preset "$preset" -DMACHIKADO_DEPS="$prefix" "${options[@]}"
}

build_native() {
  configure release && cmake --build build
}

# What has no page: the programs alone.
dev_build_programs() {
  need_build_tools
  mkdir -p build/log
  exec 7>build/.lock
  flock -n 7 || { step "Waiting for another ./dev to finish building"; flock 7; }
  step "Third-party libraries (once)"
  logged deps third_party || fail "the third-party libraries could not be made"
  step "Programs: build/bin"
  logged native build_native || fail "the programs do not build"
  exec 7>&-
}

build_wasm() {
  configure wasm && cmake --build build/wasm
}

# The site of each origin, from the modules, the words and the types that the two builds above have left.
build_site() {
  local built=$PWD/build
  npm_install wasm || return
  (cd wasm && npm run --silent build -- --types "$built/types/machi.ts" --wasm "$built/wasm/bin" --words "$built/words" --out "$built/web")
}

dev_build() {
  need_build_tools
  mkdir -p build
  # Two builds of one tree at once would spoil each other's files.
  exec 7>build/.lock
  flock -n 7 || { step "Waiting for another ./dev to finish building"; flock 7; }
  step "Third-party libraries and the WebAssembly compiler (once: about three minutes)"
  logged deps third_party || fail "the third-party libraries could not be made"
  step "Programs: build/bin"
  logged native build_native || fail "the programs do not build"
  step "WebAssembly modules: build/wasm/bin"
  logged wasm build_wasm || fail "the WebAssembly modules do not build"
  step "Web site: build/web"
  logged site build_site || fail "the web site does not build"
  exec 7>&-
}

third_party() {
  # To hand out a source release, pip would install and run the build tools that it names; .dev/standin answers instead.
  export PYTHONPATH=$PWD/.dev/standin PYTHONDONTWRITEBYTECODE=1 PIP_NO_BUILD_ISOLATION=0
  .dev/deps native >/dev/null && .dev/emscripten >/dev/null && .dev/deps wasm >/dev/null
}
