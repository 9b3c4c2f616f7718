"""QR codes as drawings."""

import re

import zxingcpp

#: The empty border that a reader needs, in modules.
_QUIET = 4


def qr_svg(address: str) -> str:
    """The code of `address` as a file of its own, black on white whatever the scheme."""
    made = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = zxingcpp.write_barcode_to_svg(made, add_quiet_zones=False)
    code = re.search(r'width="(?P<size>\d+)".* d="(?P<path>[^"]+)"', svg, re.S)
    whole = int(code["size"]) + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
        f'<path fill="#fff" d="M0 0h{whole}v{whole}H0z"/>'
        f'<path transform="translate({_QUIET} {_QUIET})" d="{code["path"]}"/></svg>\n'
    )
