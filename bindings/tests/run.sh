#!/usr/bin/env bash
# Builds the library as phones get it, generates its Python module, and drives one phone with them
# against a real district server on loopback.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

cargo build --quiet --locked -p soban-server
cargo build --quiet --locked -p soban-bindings --features probe --profile mobile \
  --config bindings/mobile.toml
library="$target/mobile/libsoban_bindings.so"
[ -f "$library" ] || library="$target/mobile/libsoban_bindings.dylib"
bindings/generate "$work/generated" mobile
module="$work/generated/python"
cp "$library" "$module/"

soban="$target/debug/soban"
"$soban" init --data "$work/district" > /dev/null
code=$("$soban" invite --data "$work/district" --unit 2035 --holder "Bí thư thôn Pạc Bo" --json)
"$soban" serve --data "$work/district" --listen 127.0.0.1:0 --address-file "$work/address" &
server=$!

PYTHONPATH="$module" python3 -u bindings/tests/phone.py "$work/phone" "$work/address" "$code"
echo "bindings: python drove a phone through UniFFI"
