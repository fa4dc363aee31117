"""One libtorrent session that knows nobody but a node of the DHT, prints JSON lines, ends when stdin closes.

Arguments: listen port, address:port of a node or "-", and optionally torrent file and save path.
"""
import json
import sys
import threading

import libtorrent as lt

from libtorrent_settings import settings


def say(**event):
    print(json.dumps(event), flush=True)


def main():
    port, node = int(sys.argv[1]), sys.argv[2]
    session = lt.session(settings(
        port,
        enable_dht=True,
        dht_bootstrap_nodes="" if node == "-" else node,
        # Everybody is on one address here.
        dht_restrict_routing_ips=False,
        dht_restrict_search_ips=False,
        dht_ignore_dark_internet=False,
        dht_prefer_verified_node_ids=False,
        dht_enforce_node_id=False,
        dht_announce_interval=10,
        min_announce_interval=5,
        alert_mask=lt.alert.category_t.dht_notification,
    ))
    if node != "-":
        host, _, node_port = node.rpartition(":")
        session.add_dht_node((host, int(node_port)))
    if len(sys.argv) > 3:
        session.add_torrent({"ti": lt.torrent_info(sys.argv[3]), "save_path": sys.argv[4]})
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    say(event="started", port=session.listen_port())
    while not ended.wait(0.2):
        for alert in session.pop_alerts():
            if alert.what() == "dht_get_peers":
                say(event="asked")
            if alert.what() == "dht_announce":
                say(event="announced", port=alert.port)


main()
