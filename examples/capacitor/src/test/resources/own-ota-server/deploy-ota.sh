# The commands of the own OTA server's deploy script, as its author describes them; the test gives
# them npx, BASE_URL, VERSION and ZIP_PATH.
CAPGO_OUTPUT=$(npx @capgo/cli@latest bundle zip)
ZIP_NAME=$(echo "$CAPGO_OUTPUT" | grep "Saved to" | awk '{print $NF}')
CHECKSUM=$(echo "$CAPGO_OUTPUT" | grep "Checksum SHA256" | awk '{print $NF}')
ZIP_PATH=$ZIP_NAME
AUTH_TOKEN=$(curl -sS -X POST "$BASE_URL/api/auth/login" \
  -H "Content-Type: application/json" \
  -d '{"username":"...","password":"..."}' | jq -r '.token')
curl -X POST "$BASE_URL/api/ota/admin/ota/upload" \
  -H "Authorization: Bearer $AUTH_TOKEN" \
  -F "file=@$ZIP_PATH" \
  -F "version=$VERSION" \
  -F "channel=stable" \
  -F "checksum=$CHECKSUM"
