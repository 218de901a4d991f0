#!/usr/bin/env bash
# Builds the Android package of a Capacitor app in a container, and uploads it.
#
#   BASE_URL=https://updates.example.com ./build-apk.sh <user> <password> <version>
#
# IMAGE (mingc/android-build-box) is the container, TASK (assembleDebug) what Gradle builds in it, and
# APK where the result is. Needs docker, npx, curl, jq.
set -euo pipefail

if [[ $# -ne 3 || -z "${BASE_URL:-}" ]]; then
  sed -n '2,7p' "$0" >&2
  exit 2
fi
user=$1 password=$2 version=$3

npx cap sync android
docker run --rm -v "$PWD:/project" -w /project/android "${IMAGE:-mingc/android-build-box}" \
  ./gradlew ":app:${TASK:-assembleDebug}"

token=$(
  jq -n --arg username "$user" --arg password "$password" '{$username, $password}' |
    curl -fsS -H 'Content-Type: application/json' --data-binary @- "$BASE_URL/api/auth/login" |
    jq -r .token
)
curl -fsS -H @- "$BASE_URL/api/ota/admin/apk/upload" \
  -F "file=@${APK:-android/app/build/outputs/apk/debug/app-debug.apk}" -F "version=$version" \
  <<<"Authorization: Bearer $token" | jq .
