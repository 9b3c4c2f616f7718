"""QR codes as drawings."""

import re
from dataclasses import dataclass

import zxingcpp

#: The empty border that a reader needs, in modules.
_QUIET = 4


@dataclass(frozen=True)
class QrCode:
    """The dark modules of a code as an SVG path, one unit each; `size` modules square."""

    path: str
    size: int


def make_code(address: str) -> QrCode:
    """The code that holds `address`, of medium error correction."""
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = zxingcpp.write_barcode_to_svg(code, add_quiet_zones=False)
    found = re.search(r'width="(?P<size>\d+)".* d="(?P<path>[^"]+)"', svg, re.S)
    assert found is not None, "zxing-cpp draws its codes as a path"
    return QrCode(found["path"], int(found["size"]))


def qr_svg(address: str) -> str:
    """The code as a file of its own, black on white whatever the scheme."""
    code = make_code(address)
    whole = code.size + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
        f'<path fill="#fff" d="M0 0h{whole}v{whole}H0z"/>'
        f'<path transform="translate({_QUIET} {_QUIET})" d="{code.path}"/></svg>\n'
    )
