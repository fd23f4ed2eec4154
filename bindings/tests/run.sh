#!/usr/bin/env bash
# Generates the Python module from the built library and drives one phone with it against a real
# district server on loopback.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

cargo build --quiet --locked -p soban-bindings --features bindgen,probe
cargo build --quiet --locked -p soban-server
library="$target/debug/libsoban_bindings.so"
[ -f "$library" ] || library="$target/debug/libsoban_bindings.dylib"
"$target"/debug/uniffi-bindgen generate "$library" --language python --no-format --out-dir "$work/module"
cp "$library" "$work/module/"

soban="$target/debug/soban"
"$soban" init --data "$work/district" > /dev/null
code=$("$soban" invite --data "$work/district" --unit 2035 --holder "Bí thư thôn Pạc Bo" --json)
"$soban" serve --data "$work/district" --listen 127.0.0.1:0 --address-file "$work/address" &
server=$!

PYTHONPATH="$work/module" python3 -u bindings/tests/phone.py "$work/phone" "$work/address" "$code"
echo "bindings: python drove a phone through UniFFI"
