# Runs as root on a Debian that systemd has booted, with the package beside it: from the installation to the purge.
set -Eeuo pipefail
config="--config /etc/imprimatur/imprimatur.toml"
say() { printf '   %s\n' "$*"; }
fail() {
  printf 'FAILED: %s\n' "$*"
  systemctl --no-pager status imprimatur.service imprimatur.socket 2>&1 | head -40
  journalctl --no-pager -n 30 -u imprimatur.service 2>&1 || true
  exit 1
}
trap 'fail "line $LINENO"' ERR
as_imprimatur() { runuser -u imprimatur -- imprimatur "$@"; }
# `!` would not end the script.
not() { if "$@"; then return 1; fi; }
active() { [ "$(systemctl is-active "$1")" = active ]; }
# A condition that has to come true within so many seconds.
within() {
  local seconds=$1
  shift
  for _ in $(seq $((seconds * 10))); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  fail "not within $seconds s: $*"
}
main() { systemctl show --property=MainPID --value imprimatur.service; }

dpkg -i /imprimatur.deb
say "installed: a user and a directory, and nothing runs"
[ "$(stat -c '%U %a' /var/lib/imprimatur)" = "imprimatur 700" ]
[ "$(stat -c '%U %G %a' /etc/imprimatur/imprimatur.toml)" = "root imprimatur 640" ]
not active imprimatur.service
not active imprimatur.socket
not systemctl is-enabled --quiet imprimatur.service

say "init, then the server by systemd"
as_imprimatur init $config --organisation "Academy of Packages" --short AP --time-zone America/Chicago \
  --administrator ada@academy.example --name "Ada Fell" --public-url https://credit.example.org >/init.out
grep -q 'https://credit.example.org/welcome/' /init.out
grep -q 'public_url = "https://credit.example.org"' /init.out
sed -i 's|^#public_url = ""|public_url = "https://credit.example.org"|' /etc/imprimatur/imprimatur.toml
systemctl enable --quiet --now imprimatur.service
active imprimatur.service
active imprimatur.socket
as_imprimatur health $config --ready
say "nobody else can read what it wrote"
[ -z "$(find /var/lib/imprimatur -perm /077)" ]
say "it has no privilege and is filtered"
status=/proc/$(main)/status
for line in '^NoNewPrivs:.1$' '^Seccomp:.2$' '^CapEff:.0000000000000000$'; do grep -q "$line" "$status"; done
[ "$(stat -c %U "/proc/$(main)")" = imprimatur ]

say "a reload keeps it"
before=$(main)
systemctl reload imprimatur.service
sleep 1
[ "$(main)" = "$before" ]
as_imprimatur health $config --ready

say "who comes while it restarts waits and is answered"
(while [ ! -e /enough ]; do as_imprimatur health $config >/dev/null 2>>/refused || echo refused >>/refused; done) &
asking=$!
for _ in 1 2 3; do systemctl restart imprimatur.service; done
touch /enough
wait "$asking"
[ ! -s /refused ] || { cat /refused; fail "somebody was refused"; }

say "the socket starts it"
systemctl stop imprimatur.service
not active imprimatur.service
as_imprimatur health $config --ready
active imprimatur.service

say "killed or hung, it is started again"
before=$(main)
kill -KILL "$before"
another() { active imprimatur.service && [ "$(main)" != 0 ] && [ "$(main)" != "$before" ]; }
within 30 another
mkdir -p /etc/systemd/system/imprimatur.service.d
printf '[Service]\nWatchdogSec=3s\nTimeoutAbortSec=5s\n' >/etc/systemd/system/imprimatur.service.d/test.conf
systemctl daemon-reload
systemctl restart imprimatur.service
before=$(main)
sleep 5
[ "$(main)" = "$before" ] || fail "it was ended though it is well"
kill -STOP "$before"
within 60 another
as_imprimatur health $config --ready

say "a secret as a credential"
mkdir -p /etc/systemd/system/imprimatur.service.d
cp /usr/share/doc/imprimatur/examples/systemd/secrets.conf /etc/systemd/system/imprimatur.service.d/
(umask 077; echo smtp://127.0.0.1:2525 >/etc/imprimatur/smtp)
systemctl daemon-reload
systemctl restart imprimatur.service
[ "$(stat -c '%U %a' /etc/imprimatur/smtp)" = "root 600" ]
as_imprimatur health $config --ready
tr '\0' '\n' <"/proc/$(main)/environ" | grep -q '^IMPRIMATUR_SMTP_FILE=/run/credentials/imprimatur.service/smtp$'

say "a backup beside it"
systemctl start imprimatur-backup.service
[ "$(stat -c '%U %a' /var/backups/imprimatur/20*Z)" = "imprimatur 700" ]
[ -z "$(find /var/backups/imprimatur -perm /077)" ]
as_imprimatur restore /var/backups/imprimatur --data /var/lib/imprimatur/drill >/drill.out || { cat /drill.out; fail "restore"; }
rm -r /var/lib/imprimatur/drill
systemctl enable --quiet --now imprimatur-backup.timer
active imprimatur-backup.timer

say "an upgrade goes on with the new version"
before=$(main)
dpkg -i /imprimatur.deb >/dev/null
[ "$(main)" != "$before" ]
as_imprimatur health $config --ready
as_imprimatur doctor $config >/doctor.out || { cat /doctor.out; fail "doctor"; }

say "removed, it keeps data and settings; purged, neither"
dpkg -r imprimatur >/dev/null
for unit in imprimatur.service imprimatur.socket imprimatur-backup.timer; do not active "$unit"; done
[ -s /var/lib/imprimatur/imprimatur.db ]
[ -s /etc/imprimatur/imprimatur.toml ]
rm -r /etc/systemd/system/imprimatur.service.d
dpkg -P imprimatur >/dev/null
not getent passwd imprimatur
left=$(find / -xdev -name '*imprimatur*' -not -path '/proc/*' -not -path '/sys/*' -not -name imprimatur.deb -not -path '/var/backups/*' \
  -not -path '/var/log/*' -not -path '/tmp/*' -not -path '/run/*')
[ -z "$left" ] || fail "it left $left"
[ -n "$(ls /var/backups/imprimatur)" ]
