# Runs "$@", and ends it when nobody writes to file descriptor 3 any more: asked
# first, and ten seconds later by force. What it leaves behind is killed, both in
# this session and in the one that a server may have made for itself.
"$@" 3<&- </dev/null &
server=$!
{
  read -r _
  kill -TERM "$server"
  sleep 10
  kill -KILL "$server"
} <&3 >/dev/null 2>&1 &
exec 3<&- >/dev/null 2>&1
wait "$server"
kill -KILL -- "-$server"
kill -KILL 0
