# The commands of the own OTA server's build script, as its author describes them; signing in is
# that of deploy-ota.sh.
docker run --rm \
  -v "$(pwd):/project" \
  mingc/android-build-box \
  bash -c 'cd /project/android; ./gradlew :app:assembleDebug'
AUTH_TOKEN=$(curl -sS -X POST "$BASE_URL/api/auth/login" \
  -H "Content-Type: application/json" \
  -d '{"username":"...","password":"..."}' | jq -r '.token')
curl -X POST "$BASE_URL/api/ota/admin/apk/upload" \
  -H "Authorization: Bearer $AUTH_TOKEN" \
  -F "file=@android/app/build/outputs/apk/debug/app-debug.apk" \
  -F "version=$VERSION"
