"""libtorrent with piece deadlines: plays one film as film-player.ts does, and says what came of it.

One argument, JSON: the order. Reads a line to begin, ends when its input ends.
"""
import json
import os
import sys
import threading
import time

import libtorrent as lt

INDEX_BYTES = 400_000
START_SECONDS = 2
SEEK_SECONDS = 1.5
SEEK_SHARES = (0.9, 0.6, 0.75)
BUFFER_BYTES = 12_000_000
RESUME_SECONDS = 1
PATIENCE_SECONDS = 60
WINDOW_PIECES = 4

order = json.loads(sys.argv[1])
film, rate = order["filmBytes"], order["bytesPerSecond"]
session = lt.session({
    "listen_interfaces": "127.0.0.1:0",
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "enable_outgoing_utp": False,
    "enable_incoming_utp": False,
    "in_enc_policy": int(lt.enc_policy.disabled),
    "out_enc_policy": int(lt.enc_policy.disabled),
    "close_redundant_connections": False,
    "smooth_connects": False,
    "connection_speed": 200,
    "announce_to_all_trackers": True,
    "validate_https_trackers": False,
    "alert_mask": lt.alert.category_t.error_notification | lt.alert.category_t.piece_progress_notification,
})


def say(**news):
    print(json.dumps(news), flush=True)


class Player:
    def __init__(self):
        info = lt.torrent_info(order["torrentPath"])
        params = lt.add_torrent_params()
        params.ti = info
        params.save_path = order["folder"]
        params.trackers = [order["trackerUrl"]]
        self.piece_bytes = info.piece_length()
        self.pieces = info.num_pieces()
        self.handle = session.add_torrent(params)
        if not order["isWhole"]:
            self.handle.prioritize_pieces([0] * self.pieces)
        self.done = set()
        self.position = 0
        self.playhead = 0
        self.first = None
        self.deadlines = set()
        self.received = 0
        self.stalled = 0.0
        self.stalls = 0
        self.start = 0.0

    def listen(self, milliseconds):
        session.wait_for_alert(milliseconds)
        for alert in session.pop_alerts():
            if isinstance(alert, lt.piece_finished_alert):
                self.done.add(alert.piece_index)
        self.advance()

    def advance(self):
        before = self.position
        while self.position < film:
            piece = self.position // self.piece_bytes
            if piece not in self.done:
                break
            if self.position - self.playhead > BUFFER_BYTES and not order["isWhole"]:
                break
            self.position = min(film, (piece + 1) * self.piece_bytes)
        if self.position > before:
            self.received += self.position - before
            if self.first is None:
                self.first = time.monotonic() - self.start
            self.ask()

    def ask(self):
        first = self.position // self.piece_bytes
        now = time.monotonic()
        for piece in range(first, min(self.pieces, first + WINDOW_PIECES)):
            if piece in self.done or piece in self.deadlines:
                continue
            self.deadlines.add(piece)
            ahead = max(0.0, (piece - first) * self.piece_bytes / rate)
            self.handle.piece_priority(piece, 7)
            self.handle.set_piece_deadline(piece, int(ahead * 500), 0)

    def open(self, start):
        self.handle.clear_piece_deadlines()
        self.deadlines.clear()
        self.position = start
        self.playhead = start
        self.ask()

    def reach(self, end, since, patience):
        self.advance()
        while self.position < end:
            if time.monotonic() - since > patience:
                return None
            self.listen(20)
        return (time.monotonic() - since) * 1000

    def watch(self, seconds):
        last = time.monotonic()
        until = last + seconds
        stalled = False
        while last < until:
            self.listen(20)
            now = time.monotonic()
            passed, last = now - last, now
            if stalled:
                self.stalled += passed * 1000
                stalled = self.position < min(film, self.playhead + RESUME_SECONDS * rate)
                continue
            self.playhead += passed * rate
            if self.playhead > self.position:
                self.playhead = self.position
                stalled = self.position < film
                self.stalls += stalled

    def run(self):
        play = self.reach(min(film, INDEX_BYTES + START_SECONDS * rate), self.start, PATIENCE_SECONDS)
        seeks, whole = [], None
        if order["isWhole"]:
            whole = self.reach(film, self.start, 20 * PATIENCE_SECONDS)
        else:
            self.playhead = INDEX_BYTES
            if play is not None:
                self.watch(order["watchSeconds"])
            for share in SEEK_SHARES:
                start = int(share * film)
                since = time.monotonic()
                say(kind="seek", start=start)
                self.open(start)
                took = self.reach(min(film, start + SEEK_SECONDS * rate), since, PATIENCE_SECONDS)
                seeks.append(took)
                if took is not None:
                    self.watch(order["watchAfterSeekSeconds"])
        return {
            "firstMs": None if self.first is None else self.first * 1000,
            "playMs": play,
            "seekMs": seeks,
            "stalledMs": round(self.stalled),
            "stalls": self.stalls,
            "wholeMs": whole,
            "receivedBytes": self.received,
        }


say(kind="ready")
sys.stdin.readline()
started = time.monotonic()
player = Player()
player.start = started
player.open(0)
say(kind="result", result=player.run())
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0))).start()
