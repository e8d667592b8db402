#!/bin/sh
# A PostgreSQL server of one test's own: own_server.sh make|start|stop FOLDER [fast|immediate]
# Or over a cluster that is there already: own_server.sh adopt FOLDER CLUSTER instead of make.
# FOLDER can be entered by everybody; the socket is in it. As root the server runs as user postgres.
set -eu
do=$1 dir=$2 mode=${3:-fast}
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
owner=$(id -un)
if [ "$owner" = root ]; then
    owner=postgres
    server() { (cd "$dir" && runuser -u "$owner" -- "$bin/$@"); }
else
    server() { "$bin/$@"; }
fi
case $do in
make)
    mkdir "$dir/server"
    [ "$(id -un)" = "$owner" ] || chown "$owner" "$dir/server"
    server initdb -D "$dir/server/data" -U "$owner" --auth=trust --no-sync >/dev/null
    ;;
adopt)
    mkdir "$dir/server"
    [ "$(id -un)" = "$owner" ] || chown "$owner" "$dir/server"
    ln -s "$3" "$dir/server/data"
    ;;
start)
    server pg_ctl start -w -D "$dir/server/data" -l "$dir/server/log" \
        -o "-k $dir/server -c listen_addresses= -c fsync=off" >/dev/null
    ;;
stop) server pg_ctl stop -D "$dir/server/data" -m "$mode" >/dev/null ;;
esac
