"""Makes a torrent with libtorrent and prints its info dictionary in hexadecimal.

Arguments: folder, piece length, libtorrent's flags, then the files' paths below the folder, in order.
"""

import os
import sys

import libtorrent as lt

folder, piece_length, flags, *paths = sys.argv[1:]
parent, name = os.path.split(folder)
storage = lt.file_storage()
for path in paths:
    storage.add_file(os.path.join(name, path), os.path.getsize(os.path.join(folder, path)))
torrent = lt.create_torrent(storage, int(piece_length), int(flags))
lt.set_piece_hashes(torrent, parent)
print(lt.bencode(torrent.generate()[b"info"]).hex())
