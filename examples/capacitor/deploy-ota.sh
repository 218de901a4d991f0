#!/usr/bin/env bash
# Builds the web part of a Capacitor app, zips it with Capgo's command line, and uploads it.
#
#   BASE_URL=https://updates.example.com ./deploy-ota.sh <user> <password> <version>
#
# BUILD (npm run build) is the command that builds, CHANNEL (stable) the channel. Needs npx, curl, jq.
set -euo pipefail

if [[ $# -ne 3 || -z "${BASE_URL:-}" ]]; then
  sed -n '2,6p' "$0" >&2
  exit 2
fi
user=$1 password=$2 version=$3

bash -c "${BUILD:-npm run build}"
bundle=$(npx @capgo/cli@latest bundle zip --bundle "$version" --json)
zip=$(jq -r .filename <<<"$bundle")
checksum=$(jq -r .checksum <<<"$bundle")

# Neither the password nor the token is in the arguments of a process that others can list.
token=$(
  jq -n --arg username "$user" --arg password "$password" '{$username, $password}' |
    curl -fsS -H 'Content-Type: application/json' --data-binary @- "$BASE_URL/api/auth/login" |
    jq -r .token
)
curl -fsS -H @- "$BASE_URL/api/ota/admin/ota/upload" \
  -F "file=@$zip" -F "version=$version" -F "channel=${CHANNEL:-stable}" -F "checksum=$checksum" \
  <<<"Authorization: Bearer $token" | jq .
