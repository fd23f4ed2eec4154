#!/usr/bin/env bash
# Builds the library as phones get it, generates its Python and Swift modules, and drives a phone
# with each of them against a real district server on loopback. Swift where there is a compiler.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Panics are asked for, and said in one line.
export RUST_BACKTRACE=0

target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

# Server and generator as the app's tests build them: one set of features, built once.
cargo build --quiet --locked -p soban-bindings -p soban-server \
  --features soban-bindings/bindgen,soban-bindings/probe
cargo build --quiet --locked -p soban-bindings --features phone,probe --profile mobile \
  --config bindings/mobile.toml
library="$target/mobile/libsoban_bindings.so"
[ -f "$library" ] || library="$target/mobile/libsoban_bindings.dylib"
bindings/generate "$work/generated" mobile
module="$work/generated/python"
cp "$library" "$module/"

soban="$target/debug/soban"
# drive LANGUAGE PROGRAM…: a phone of its own, in a district of its own.
drive() {
  local district="$work/$1-district" address="$work/$1-address" code
  "$soban" init --data "$district" > /dev/null
  code=$("$soban" invite --data "$district" --unit 2035 --holder "Bí thư thôn Pạc Bo" --json)
  "$soban" serve --data "$district" --listen 127.0.0.1:0 --address-file "$address" &
  server=$!
  "${@:2}" "$work/$1-phone" "$address" "$code"
  kill "$server"
  wait "$server" || true
  server=
  echo "bindings: $1 drove a phone through UniFFI"
}

PYTHONPATH="$module" drive python python3 -u bindings/tests/phone.py

if command -v swiftc > /dev/null; then
  swift="$work/generated/swift"
  # Only a file of this name may have statements of its own.
  cp bindings/tests/phone.swift "$swift/main.swift"
  swiftc -module-name drive -o "$work/drive" -I "$swift" -L "$module" -lsoban_bindings \
    -Xcc "-fmodule-map-file=$swift/soban_bindingsFFI.modulemap" \
    -Xlinker -rpath -Xlinker "$module" "$swift/soban_bindings.swift" "$swift/main.swift"
  drive swift "$work/drive"
else
  echo "bindings: there is no Swift compiler here, so phone.swift was not run"
fi
