"""Prints a line of JSON for every packet that comes in at an interface, but for what the kernel itself says on a link."""

import json
import socket
import struct
import sys

ALL = 3
OUTGOING = 4
IPV4, IPV6 = 0x0800, 0x86DD
NAMES = {6: "tcp", 17: "udp"}
# Listener reports and neighbour discovery: sent by any computer that has an address.
ICMPV6, LINK_TALK = 58, {130, 131, 132, 133, 134, 135, 136, 143}


def read(frame):
    kind = struct.unpack("!H", frame[12:14])[0]
    packet = frame[14:]
    if kind == IPV4:
        protocol, to, rest = packet[9], socket.inet_ntop(socket.AF_INET, packet[16:20]), packet[(packet[0] & 15) * 4 :]
    elif kind == IPV6:
        protocol, to, rest = packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40]), packet[40:]
        if protocol == 0:
            protocol, rest = rest[0], rest[(rest[1] + 1) * 8 :]
        if protocol == ICMPV6 and rest[0] in LINK_TALK:
            return None
    else:
        return None
    name = NAMES.get(protocol, f"ip-{protocol}")
    port = struct.unpack("!H", rest[2:4])[0] if protocol in NAMES else 0
    return {"protocol": name, "to": to, "port": port, "asks": asked(rest[8:]) if port == 53 else ""}


def asked(query):
    """The name in a question to a resolver (RFC 1035, 4.1.2)."""
    labels, at = [], 12
    while at < len(query) and query[at] > 0:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("latin-1"))
        at += query[at] + 1
    return ".".join(labels)


tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL))
tap.bind((sys.argv[1], 0))
print(json.dumps({"ready": True}), flush=True)
while True:
    try:
        frame, (_, _, direction, _, _) = tap.recvfrom(65535)
    except OSError:
        break  # The cable is gone: the other end has ended.
    if direction != OUTGOING:
        packet = read(frame)
        if packet is not None:
            print(json.dumps(packet), flush=True)
