#!/bin/bash
# Starts a real OpenStack (Zed, Debian 12) control plane on 127.0.0.1, without systemd. Idempotent; stop.sh ends it. README.md says what can be set.
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/env.sh"
umask 022; mkdir -p $E $V $L $R; chmod 755 $ROOT $V $R
T0=$(date +%s.%N); say() { printf '[%6.1fs] %s\n' "$(echo "$(date +%s.%N) - $T0" | bc 2>/dev/null || awk "BEGIN{print $(date +%s.%N)-$T0}")" "$*"; }

alive() { [ -s $R/$1.pid ] && kill -0 "$(cat $R/$1.pid)" 2>/dev/null; }
spawn() { # name cmd...
  local n=$1; shift
  alive $n && return 0
  setsid nohup "$@" >>$L/$n.out 2>&1 </dev/null &
  echo $! >$R/$n.pid
}
wait_port() { # name port [tries]
  for _ in $(seq ${3:-900}); do (exec 3<>/dev/tcp/$ADDR/$2) 2>/dev/null && return 0
    alive $1 || { echo "$1 died:"; tail -20 $L/$1.out; exit 1; }; sleep 0.2; done
  echo "$1: nothing on port $2"; tail -20 $L/$1.out; exit 1
}
wait_http() { # url
  for _ in $(seq 900); do curl -s -o /dev/null -m 5 "$1" && return 0; sleep 0.2; done; echo "no answer from $1"; exit 1; }

# ---- secrets -------------------------------------------------------------
if [ ! -s $E/secrets.env ]; then
  ( umask 077; for v in DB RABBIT ADMIN SERVICE DEMO; do echo "${v}_PW=$(head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n')"; done >$E/secrets.env )
fi
. $E/secrets.env

# ---- MariaDB (unix socket only) --------------------------------------------
if [ ! -d $V/mysql/mysql ]; then
  mkdir -p $V/mysql; chown mysql $V/mysql
  mariadb-install-db --no-defaults --user=mysql --datadir=$V/mysql --skip-test-db --auth-root-authentication-method=socket >$L/mariadb-install.log 2>&1
fi
mkdir -p $R/mysql; chown mysql $R/mysql
spawn mariadb /usr/sbin/mariadbd --no-defaults --user=mysql --datadir=$V/mysql --socket=$R/mysql/mysql.sock \
  --skip-networking --pid-file=$R/mysql/mysqld.pid --innodb-buffer-pool-size=128M --innodb-flush-log-at-trx-commit=0 \
  --innodb-doublewrite=0 --innodb-flush-method=nosync --sync-frm=0 --performance-schema=OFF --max-connections=400 --character-set-server=utf8mb3 --collation-server=utf8mb3_general_ci
# ---- RabbitMQ ----------------------------------------------------------------
mkdir -p $V/rabbit; echo '[].' >$V/rabbit/enabled_plugins
cat >$V/rabbit/rabbitmq.conf <<X
listeners.tcp.1 = $ADDR:5672
default_user = ostack
default_pass = $RABBIT_PW
loopback_users = none
log.file.level = warning
disk_free_limit.absolute = 500MB
X
export HOME_SAVE=$HOME
RENV="env -u RABBITMQ_NODE_IP_ADDRESS HOME=$V/rabbit RABBITMQ_NODENAME=ostack@localhost RABBITMQ_MNESIA_BASE=$V/rabbit/mnesia RABBITMQ_LOG_BASE=$L
 RABBITMQ_CONFIG_FILE=$V/rabbit/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$V/rabbit/enabled_plugins RABBITMQ_DIST_PORT=25672
 RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_PID_FILE=$R/rabbit-erl.pid ERL_EPMD_ADDRESS=$ADDR LANG=C.UTF-8"
spawn epmd /usr/bin/epmd -address $ADDR
if ! alive rabbit; then
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none' \
    spawn rabbit $RENV /usr/lib/rabbitmq/bin/rabbitmq-server
fi
SQL="mariadb --no-defaults -u root -S $R/mysql/mysql.sock"
for _ in $(seq 200); do $SQL -e 'select 1' >/dev/null 2>&1 && break; sleep 0.1; done
for d in keystone glance placement nova_api nova nova_cell0 neutron; do echo "CREATE DATABASE IF NOT EXISTS $d;"; done |
  cat - <(echo "CREATE USER IF NOT EXISTS ostack@localhost IDENTIFIED BY '$DB_PW'; GRANT ALL ON *.* TO ostack@localhost;") | $SQL
say "MariaDB up"

# ---- configuration -------------------------------------------------------------
db() { echo "mysql+pymysql://ostack:$DB_PW@localhost/$1?unix_socket=$R/mysql/mysql.sock"; }
MQ="rabbit://ostack:$RABBIT_PW@$ADDR:5672/"
authtoken() { cat <<X
[keystone_authtoken]
www_authenticate_uri = http://$ADDR:5000
auth_url = http://$ADDR:5000
auth_type = password
project_domain_name = Default
user_domain_name = Default
project_name = service
username = $1
password = $SERVICE_PW
region_name = RegionOne
X
}
svcauth() { # section user
  cat <<X
[$1]
auth_url = http://$ADDR:5000
auth_type = password
project_domain_name = Default
user_domain_name = Default
project_name = service
username = $2
password = $SERVICE_PW
region_name = RegionOne
X
}
umask 077
cat >$E/keystone.conf <<X
[DEFAULT]
log_file = $L/keystone.log
[database]
connection = $(db keystone)
[token]
provider = fernet
[fernet_tokens]
key_repository = $V/keystone/fernet
[credential]
key_repository = $V/keystone/credential
[cache]
# without a cache every Keystone request costs 0.3 s (tests only: in-process cache, hence one process)
enabled = true
backend = dogpile.cache.memory
[identity]
password_hash_rounds = 4
X
cat >$E/glance-api.conf <<X
[DEFAULT]
bind_host = $ADDR
bind_port = 9292
workers = 0
log_file = $L/glance-api.log
enabled_backends = file1:file
transport_url = $MQ
[database]
connection = $(db glance)
[glance_store]
default_backend = file1
[file1]
filesystem_store_datadir = $V/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $V/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $V/glance/tasks
[paste_deploy]
flavor = keystone
config_file = /usr/share/glance-common/glance-api-paste.ini
$(authtoken glance)
X
cat >$E/placement.conf <<X
[DEFAULT]
log_file = $L/placement.log
[placement_database]
connection = $(db placement)
[api]
auth_strategy = keystone
$(authtoken placement)
X
cat >$E/nova.conf <<X
[DEFAULT]
my_ip = $ADDR
host = fake-host-1
state_path = $V/nova
log_dir = $L
transport_url = $MQ
compute_driver = ${OSTACK_VIRT:-fake.FakeDriver}
enabled_apis = osapi_compute
osapi_compute_listen = $ADDR
osapi_compute_workers = 1
[api]
max_limit = ${OSTACK_MAX_LIMIT:-1000}
[wsgi]
api_paste_config = /usr/share/nova-common/api-paste.ini
[api_database]
connection = $(db nova_api)
max_pool_size = 5
[database]
connection = $(db nova)
max_pool_size = 5
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = 30
[vnc]
enabled = false
[oslo_concurrency]
lock_path = $V/nova/lock
[glance]
api_servers = http://$ADDR:9292
[cinder]
os_region_name = RegionOne
$(authtoken nova)
$(svcauth placement placement)
$(svcauth neutron neutron)
X
# nova-compute must not see the databases
awk '/^\[/{skip=($0=="[api_database]"||$0=="[database]")} !skip' $E/nova.conf >$E/nova-compute.conf
cat >$E/neutron.conf <<X
[DEFAULT]
bind_host = $ADDR
bind_port = 9696
core_plugin = ml2
service_plugins = router
auth_strategy = keystone
transport_url = $MQ
state_path = $V/neutron
log_dir = $L
api_workers = 1
rpc_workers = 0
rpc_state_report_workers = 0
api_paste_config = /usr/share/neutron-common/api-paste.ini
notify_nova_on_port_status_changes = true
notify_nova_on_port_data_changes = true
[database]
connection = $(db neutron)
max_pool_size = 5
[oslo_concurrency]
lock_path = $V/neutron/lock
$(authtoken neutron)
$(svcauth nova nova)
[ml2]
type_drivers = local,flat
tenant_network_types = local
mechanism_drivers = ${OSTACK_MECH:-alwaysbind}
extension_drivers = port_security
[securitygroup]
enable_security_group = true
X
umask 022
mkdir -p $V/keystone/{fernet,credential} $V/glance/{images,staging,tasks} $V/nova/lock $V/neutron/lock
chmod 700 $V/keystone/fernet $V/keystone/credential

# ---- database schemas (in parallel, first run only) ------------------------------
if [ ! -e $V/.synced ]; then
  NM="nova-manage --config-file $E/nova.conf"
  ( keystone-manage --config-file $E/keystone.conf db_sync
    keystone-manage --config-file $E/keystone.conf fernet_setup --keystone-user root --keystone-group root
    keystone-manage --config-file $E/keystone.conf credential_setup --keystone-user root --keystone-group root
    keystone-manage --config-file $E/keystone.conf bootstrap --bootstrap-password $ADMIN_PW --bootstrap-region-id RegionOne \
      --bootstrap-public-url http://$ADDR:5000/v3 --bootstrap-internal-url http://$ADDR:5000/v3 --bootstrap-admin-url http://$ADDR:5000/v3
    OS_PLACEMENT_CONFIG_DIR=$E placement-manage --config-file $E/placement.conf db sync
    glance-manage --config-file $E/glance-api.conf db_sync ) >$L/sync-1.log 2>&1 & p1=$!
  ( $NM api_db sync; $NM cell_v2 map_cell0 --database_connection "$(db nova_cell0)"; $NM cell_v2 create_cell --name cell1; $NM db sync ) >$L/sync-2.log 2>&1 & p2=$!
  ( PYTHONPATH=$HERE/py neutron-db-manage --config-file $E/neutron.conf upgrade heads ) >$L/sync-3.log 2>&1 & p3=$!
  wait $p1 || { tail $L/sync-1.log; exit 1; }; wait $p2 || { tail $L/sync-2.log; exit 1; }; wait $p3 || { tail $L/sync-3.log; exit 1; }
  touch $V/.synced; say "database schemas made"
fi

# ---- daemons ------------------------------------------------------------------------
UW="/usr/bin/uwsgi_python3 --plugins python3 --master --lazy-apps --enable-threads --need-app --buffer-size 65535
  --die-on-term --thunder-lock --listen 100 --add-header Connection:close --disable-logging"
OS_KEYSTONE_CONFIG_DIR=$E OS_KEYSTONE_CONFIG_FILES=$E/keystone.conf \
  spawn keystone $UW --http-socket $ADDR:5000 --processes 1 --threads 8 --wsgi-file /usr/bin/keystone-wsgi-public
OS_PLACEMENT_CONFIG_DIR=$E \
  spawn placement $UW --http-socket $ADDR:8778 --processes 1 --threads 4 --wsgi-file /usr/bin/placement-api
wait_port rabbit 5672 900
wait_port keystone 5000; wait_http http://$ADDR:5000/v3; say "RabbitMQ and Keystone answer"
PYTHONPATH=$HERE/py spawn neutron-server /usr/bin/neutron-server --config-file $E/neutron.conf
if [ ! -e $V/.catalog ]; then /usr/bin/python3 $HERE/catalog.py && touch $V/.catalog; say "service users and catalogue made"; fi
# nova-conductor dies at once if Placement refuses its user, and nova-compute loses 10 s for every ping that no conductor answers
alive nova-conductor || rm -f $L/nova-conductor.log
spawn nova-conductor /usr/bin/nova-conductor --config-file $E/nova.conf
spawn nova-scheduler /usr/bin/nova-scheduler --config-file $E/nova.conf
spawn nova-api /usr/bin/nova-api --config-file $E/nova.conf
spawn glance-api /usr/bin/glance-api --config-file $E/glance-api.conf
for _ in $(seq 900); do grep -q 'Starting conductor node' $L/nova-conductor.log 2>/dev/null && break; alive nova-conductor || { tail -3 $L/nova-conductor.log; exit 1; }; sleep 0.1; done
HOSTS=${OSTACK_HOSTS:-1}
case "${OSTACK_VIRT:-}" in ostack_virt.*) mkdir -p /run/sshd $V/vms; id ubuntu >/dev/null 2>&1 || useradd -m -s /bin/bash -p '*' ubuntu;; esac
for i in $(seq $HOSTS); do
  printf '[DEFAULT]\nhost = fake-host-%s\nlog_file = nova-compute-%s.log\n' $i $i >$E/nova-compute-$i.conf
  alive nova-compute-$i || rm -f $L/nova-compute-$i.log
  PYTHONPATH=$HERE/py spawn nova-compute-$i $HERE/nova-compute --config-file $E/nova-compute.conf --config-file $E/nova-compute-$i.conf
done
wait_http http://$ADDR:8778/; wait_http http://$ADDR:9292/; wait_port nova-api 8774; wait_http http://$ADDR:8774/; wait_http http://$ADDR:9696/; say "all APIs answer"
for i in $(seq $HOSTS); do for _ in $(seq 900); do grep -qs 'Starting compute node' $L/nova-compute-$i.log && break
  alive nova-compute-$i || { tail -5 $L/nova-compute-$i.log; exit 1; }; sleep 0.2; done; done
n_nodes() { $SQL -N nova -e "select count(*) from compute_nodes where deleted=0"; }
for _ in $(seq 900); do [ "$(n_nodes)" -ge $HOSTS ] && break; sleep 0.2; done
[ "$(n_nodes)" -ge $HOSTS ] || { echo "nova-compute did not register"; tail -5 $L/nova-compute-1.log; exit 1; }
if [ "$($SQL -N nova_api -e "select count(*) from host_mappings")" -lt $HOSTS ]; then nova-manage --config-file $E/nova.conf cell_v2 discover_hosts >>$L/discover.log 2>&1; fi
say "nova-compute registered and mapped"
/usr/bin/python3 $HERE/provision.py
say "ready.  Credentials: $E/admin-openrc $E/demo-openrc $E/appcred-openrc"
