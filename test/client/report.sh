#!/usr/bin/env bash
# Reports one installation with curl, in the order, with the retries and in the body formats of the existing clients.
#   report.sh URL ADDRESS SCENARIO
# Prints the status of each answer. LOST says how many answers are lost on their way back: the client then sends the same body again.
set -u
url=$1 address=$2 scenario=$3
lost=${LOST:-0}

# One request, with a limit on its time. Any 2xx is success.
post() {
  local seconds=$1 body=$2 status
  status=$(curl -sS -m "$seconds" -o /dev/null -w '%{http_code}' -X POST "$url/telemetry" \
    -H 'Content-Type: application/json' -H "X-Forwarded-For: $address" --data-binary "$body")
  printf '%s\n' "$status"
  if ((lost > 0)); then
    lost=$((lost - 1))
    return 1
  fi
  [[ $status == 2?? ]]
}

tries() {
  local count=$1 seconds=$2 body=$3
  for ((try = 0; try < count; try++)); do post "$seconds" "$body" && return 0; done
  return 1
}

# Only the log is escaped; names, versions and ids stand as they are, and numbers are values of the shell.
escaped() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\t'/\\t}
  text=${text//$'\r'/}
  printf '%s' "${text//$'\n'/\\n}"
}

random_id=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
execution_id=$random_id
type=lxc nsapp=$scenario ct_type=1 disk_size=8 core_count=2 ram_size=2048
os_type=debian os_version=13 method=default platform=pve
repo_source=ProxmoxVE repo_slug=community-scripts/ProxmoxVE

host_body() {
  local status=$1 exit_code=${2:-0} error=${3:-} category=${4:-} duration=${5:-0}
  printf '{
    "random_id": "%s",
    "execution_id": "%s",
    "type": "%s",
    "nsapp": "%s",
    "status": "%s",
    "ct_type": %s,
    "disk_size": %s,
    "core_count": %s,
    "ram_size": %s,
    "os_type": "%s",
    "os_version": "%s",
    "pve_version": "9.0.11",
    "method": "%s",
    "exit_code": %s,
    "error": "%s",
    "error_category": "%s",
    "install_duration": %s,
    "cpu_vendor": "intel",
    "cpu_model": "13th Gen Intel(R) Core(TM) i5-13500",
    "gpu_vendor": "unknown",
    "gpu_model": "",
    "gpu_passthrough": "unknown",
    "ram_speed": "3200",
    "platform": "%s",
    "arch": "amd64",
    "repo_source": "%s",
    "repo_slug": "%s"
}' "$random_id" "$execution_id" "$type" "$nsapp" "$status" "$ct_type" "$disk_size" "$core_count" "$ram_size" "$os_type" \
    "$os_version" "$method" "$exit_code" "$(escaped "$error")" "$category" "$duration" "$platform" "$repo_source" "$repo_slug"
}

start() { tries 3 5 "$(host_body installing)"; }
step() { tries 1 5 "$(host_body "$1")"; }

# From within the container: one line, few fields, its own address.
ping() {
  post 5 "{\"random_id\":\"$random_id\",\"execution_id\":\"$execution_id\",\"type\":\"lxc\",\"nsapp\":\"$nsapp\",\"status\":\"$1\",\"platform\":\"$platform\",\"repo_source\":\"\",\"repo_slug\":\"\"}"
}

# The last report: twice and, where it had an error, twice more with a short one.
finish() {
  local status=$1 exit_code=${2:-0} error=${3:-} category=${4:-} duration=${5:-0}
  tries 2 10 "$(host_body "$status" "$exit_code" "$error" "$category" "$duration")" && return 0
  [[ -n $error ]] && tries 2 10 "$(host_body "$status" "$exit_code" "${error%%$'\n'*}" "$category" "$duration")"
}

log=$'exit_code=100 | APT: broken or missing packages | at line 42: $STD apt-get install -y ffmpeg\n---\nReading package lists...\n\t"quoted" C:\\path\nE: Unable to locate package ffmpeg'

case $scenario in
  container)
    start; step validation; ping configuring; step configuring; step configuring; ping configuring
    finish success 0 '' '' 184
    ping configuring # Late, from another machine.
    ;;
  failing-container) # Each answer to the last report is lost, and after the clean-up a second one is forced.
    start; step validation; step configuring
    lost=4 finish failed 100 "$log" dependency 61
    lost=0 finish failed 1 '' '' 75
    ;;
  tried-again) # A second attempt keeps the random id and has an execution id of its own, a third a spelled one.
    start; finish failed 100 "$log" dependency 61
    execution_id=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)
    start; finish failed 28 'exit_code=28 | Operation timed out | at line 9: curl' timeout 30
    execution_id=$random_id-r3
    start; step configuring; finish success 0 '' '' 200
    ;;
  repaired-by-hand) # What failed is repaired, and done is forced for the same attempt.
    start; finish failed 100 "$log" dependency 61
    finish done 0 '' '' 240
    ;;
  machine)
    type=vm ct_type=2 os_type=homeassistant os_version=15.0 disk_size=32
    start; finish success 0 '' '' 95
    ;;
  host-tool) # One report alone, with an id made of the time.
    type=pve random_id=tool-1772452800 execution_id=tool-1772452800 os_type='' os_version=''
    finish failed 1 'exit_code=1 | General error | at line 3: false'
    ;;
  addon)
    type=addon execution_id=$random_id
    finish success
    ;;
  ctrl-c)
    start; step validation
    finish aborted 130 'exit_code=130 | Terminated by Ctrl+C (SIGINT) | at line 12: read -r' user_aborted 14
    ;;
  backed-out)
    start
    finish aborted 0 'exit_code=0 | Unknown error'
    ;;
  unset-values) # Values of the shell that nobody set.
    ct_type='' core_count='' disk_size=32G
    start; finish success 0 '' '' 12
    ;;
  long-log) # As long as logs are cut, by bytes, within a character.
    long=$(printf 'ü%.0s' {1..6000})
    start
    LC_ALL=C
    finish failed 127 "exit_code=127 | Command not found | at line 7: foo"$'\n---\n'"${long:0:10181}" command_not_found 9
    ;;
  incus)
    platform=incus
    start; ping configuring; finish success 0 '' '' 50
    ;;
esac
