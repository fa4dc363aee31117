"""One libtorrent session with one torrent: seeds or downloads, prints JSON lines, ends when stdin closes.

Arguments: torrent file, save path, listen port, and optionally address:port of a peer to dial.
"""
import json
import sys
import threading

import libtorrent as lt

from libtorrent_settings import settings


def say(**event):
    print(json.dumps(event), flush=True)


def main():
    torrent, save_path, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    noted = lt.alert.category_t.error_notification | lt.alert.category_t.peer_notification
    session = lt.session(settings(port, alert_mask=noted))
    handle = session.add_torrent({"ti": lt.torrent_info(torrent), "save_path": save_path})
    for peer in sys.argv[4:]:
        host, _, peer_port = peer.rpartition(":")
        handle.connect_peer((host, int(peer_port)))
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    state = None
    while not ended.wait(0.1):
        status = handle.status()
        now = "seeding" if status.is_seeding else str(status.state)
        if now != state:
            state = now
            say(event="state", state=state, port=session.listen_port())
        for alert in session.pop_alerts():
            print(alert, file=sys.stderr, flush=True)


main()
