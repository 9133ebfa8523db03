"""The sentences for every problem code, in Vietnamese and English."""

from collections.abc import Mapping


def _both(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


MESSAGES: Mapping[str, Mapping[str, str]] = {
    # the archive
    "package-too-large": _both(
        "Gói lớn hơn mức cho phép ({detail}).", "The package is larger than allowed ({detail})."
    ),
    "not-a-zip": _both(
        "Tệp này không phải là gói H5P (không phải tệp ZIP).",
        "This file is no H5P package (not a ZIP archive).",
    ),
    "broken-archive": _both(
        "Gói bị hỏng hoặc không trọn vẹn: {path} {detail}.",
        "The package is damaged or incomplete: {path} {detail}.",
    ),
    "too-many-files": _both("Gói có quá nhiều tệp ({detail}).", "The package has too many files ({detail})."),
    "overlapping-files": _both(
        "Dữ liệu của “{path}” chồng lên dữ liệu của tệp khác.",
        "The data of “{path}” overlaps that of another file.",
    ),
    "encrypted": _both("“{path}” được đặt mật khẩu.", "“{path}” is encrypted."),
    "compression": _both(
        "“{path}” được nén theo cách không hỗ trợ ({detail}); chỉ dùng “deflate”.",
        "“{path}” is compressed in a way that is not supported ({detail}); use “deflate”.",
    ),
    "link": _both("“{path}” là liên kết, không phải tệp.", "“{path}” is a link, not a file."),
    "not-a-file": _both("“{path}” không phải là tệp thường.", "“{path}” is no ordinary file."),
    "file-too-large": _both("“{path}” quá lớn ({detail}).", "“{path}” is too large ({detail})."),
    "total-too-large": _both(
        "Các tệp trong gói cộng lại quá lớn ({detail}).",
        "The files of the package are too large together ({detail}).",
    ),
    "ratio": _both(
        "“{path}” nở ra lớn bất thường khi giải nén ({detail}).",
        "“{path}” grows beyond reason when unpacked ({detail}).",
    ),
    "size-mismatch": _both(
        "Kích thước thật của “{path}” khác với kích thước ghi trong gói.",
        "The real size of “{path}” is not the one the package states.",
    ),
    "checksum": _both("“{path}” bị hỏng (sai mã kiểm tra).", "“{path}” is damaged (wrong checksum)."),
    # names
    "name-encoding": _both("Tên tệp “{path}” không theo mã UTF-8.", "The file name “{path}” is not UTF-8."),
    "name-characters": _both(
        "Tên tệp “{path}” có ký tự không được phép.", "The file name “{path}” has forbidden characters."
    ),
    "name-backslash": _both(
        "Tên tệp “{path}” có dấu gạch chéo ngược.", "The file name “{path}” has a backslash."
    ),
    "name-absolute": _both(
        "Tên tệp “{path}” bắt đầu từ thư mục gốc hay ổ đĩa.",
        "The file name “{path}” starts at a root folder or a drive.",
    ),
    "name-outside": _both(
        "Tên tệp “{path}” chỉ ra ngoài gói.", "The file name “{path}” leads out of the package."
    ),
    "name-too-long": _both("Tên tệp “{path}” quá dài.", "The file name “{path}” is too long."),
    "name-reserved": _both(
        "Tên tệp “{path}” là tên dành riêng của Windows.", "The file name “{path}” is reserved by Windows."
    ),
    "name-ending": _both(
        "“{path}” có tên kết thúc bằng dấu chấm hoặc dấu cách.",
        "A name in “{path}” ends with a dot or a space.",
    ),
    "name-twice": _both("“{path}” có hai lần trong gói.", "“{path}” is in the package twice."),
    "name-case": _both(
        "“{path}” và “{detail}” chỉ khác nhau ở chữ hoa, chữ thường.",
        "“{path}” and “{detail}” differ in upper and lower case only.",
    ),
    "file-and-folder": _both(
        "“{path}” vừa là tệp vừa là thư mục.", "“{path}” is a file and a folder at once."
    ),
    "unexpected-file": _both(
        "“{path}” không thuộc về gói H5P: cạnh h5p.json chỉ có “content” và các thư mục thư viện.",
        "“{path}” has no place in an H5P package: beside h5p.json are “content” and library folders only.",
    ),
    # JSON
    "json-encoding": _both("“{path}” không theo mã UTF-8.", "“{path}” is not UTF-8."),
    "json-broken": _both(
        "“{path}” không phải JSON hợp lệ: {detail}.", "“{path}” is no valid JSON: {detail}."
    ),
    "json-number": _both(
        "“{path}” có số không hợp lệ ({detail}).", "“{path}” has a number JSON does not know ({detail})."
    ),
    "json-character": _both(
        "“{path}” có ký tự không hợp lệ ({detail}).", "“{path}” has an impossible character ({detail})."
    ),
    "json-deep": _both("“{path}” lồng quá sâu.", "“{path}” is nested too deeply."),
    "json-large": _both("“{path}” có quá nhiều dữ liệu ({detail}).", "“{path}” holds too much ({detail})."),
    # h5p.json
    "no-manifest": _both(
        "Thiếu tệp h5p.json ở thư mục gốc của gói.", "There is no h5p.json at the top of the package."
    ),
    "manifest": _both("h5p.json không phải là một đối tượng.", "h5p.json is no object."),
    "title": _both("h5p.json thiếu tiêu đề.", "h5p.json has no title."),
    "title-long": _both(
        "Tiêu đề trong h5p.json dài hơn 255 ký tự.", "The title in h5p.json is longer than 255."
    ),
    "language": _both(
        "h5p.json thiếu ngôn ngữ hoặc ghi sai: “{detail}”.",
        "h5p.json has no language or a wrong one: “{detail}”.",
    ),
    "main-library": _both(
        "h5p.json không nêu đúng thư viện chính: “{detail}”.",
        "h5p.json does not name a main library properly: “{detail}”.",
    ),
    "main-library-unlisted": _both(
        "Thư viện chính “{detail}” không có trong preloadedDependencies của h5p.json.",
        "The main library “{detail}” is not among preloadedDependencies of h5p.json.",
    ),
    "dependencies": _both(
        "Danh sách thư viện trong “{path}” không đúng: {detail}.",
        "The list of libraries in “{path}” is wrong: {detail}.",
    ),
    "embed-types": _both(
        "embedTypes trong “{path}” chỉ được có “div”, “iframe”.",
        "embedTypes in “{path}” knows only “div” and “iframe”.",
    ),
    # content
    "no-content": _both("Thiếu tệp content/content.json.", "There is no content/content.json."),
    "content": _both(
        "content/content.json không phải là một đối tượng.", "content/content.json is no object."
    ),
    "file-type": _both("Không nhận tệp loại này: “{path}”.", "Files of this type are not taken: “{path}”."),
    "other-type": _both(
        "Nội dung của “{path}” không đúng với đuôi tệp.", "The content of “{path}” is not what its name says."
    ),
    "broken-picture": _both("Ảnh “{path}” bị hỏng.", "The picture “{path}” is damaged."),
    "too-many-pixels": _both(
        "Ảnh “{path}” quá lớn ({detail}).", "The picture “{path}” is too large ({detail})."
    ),
    "missing-file": _both(
        "Nội dung dùng tệp “{detail}” nhưng trong gói không có ({path}).",
        "The content uses the file “{detail}”, which is not in the package ({path}).",
    ),
    "file-address": _both(
        "Địa chỉ tệp không hợp lệ ở {path}: “{detail}”.", "Wrong address of a file at {path}: “{detail}”."
    ),
    # libraries
    "no-library-json": _both(
        "Thư mục “{path}” không có library.json.", "The folder “{path}” has no library.json."
    ),
    "library-json": _both("“{path}” không đúng ở “{detail}”.", "“{path}” is wrong at “{detail}”."),
    "library-folder": _both(
        "Thư mục “{path}” không mang tên của thư viện bên trong ({detail}).",
        "The folder “{path}” does not bear the name of the library in it ({detail}).",
    ),
    "library-twice": _both(
        "Thư viện {detail} có hai lần trong gói.", "The library {detail} is in the package twice."
    ),
    "library-path": _both(
        "library.json ở “{path}” dùng đường dẫn không được phép: “{detail}”.",
        "library.json in “{path}” uses a path that is not allowed: “{detail}”.",
    ),
    "library-file": _both(
        "Thư viện ở “{path}” cần tệp “{detail}” nhưng trong gói không có.",
        "The library in “{path}” needs the file “{detail}”, which is not in the package.",
    ),
    "core-api": _both(
        "Thư viện ở “{path}” cần lõi H5P mới hơn ({detail}).",
        "The library in “{path}” needs a newer H5P core ({detail}).",
    ),
    "semantics": _both("“{path}” không đúng ở {detail}.", "“{path}” is wrong at {detail}."),
    "drawing-broken": _both("Hình vẽ “{path}” bị hỏng.", "The drawing “{path}” is damaged."),
    "drawing-script": _both(
        "Hình vẽ “{path}” có mã chạy được ({detail}).", "The drawing “{path}” has script in it ({detail})."
    ),
    # which libraries play it
    "missing-library": _both(
        "Thiếu thư viện {path}: chưa được cài và không có trong gói.",
        "The library {path} is missing: neither installed nor in the package.",
    ),
    "library-not-trusted": _both(
        "Thư viện {path} trong gói chưa được tin cậy; nhờ người quản lý thư viện xem xét.",
        "The library {path} in the package is not trusted; ask the library manager.",
    ),
    "library-withdrawn": _both(
        "Thư viện {path} đã ngừng sử dụng: {detail}.", "The library {path} was withdrawn: {detail}."
    ),
    "not-runnable": _both(
        "Thư viện {path} không chạy riêng được.", "The library {path} cannot be run by itself."
    ),
    "library-not-allowed": _both(
        "Ở {path} không được dùng thư viện “{detail}”.", "The library “{detail}” may not be used at {path}."
    ),
    # fields of a form
    "required": _both("Cần điền {path}.", "{path} must be filled in."),
    "wrong-type": _both("{path} có giá trị sai kiểu.", "{path} has a value of the wrong kind."),
    "too-long": _both("{path} dài quá {detail} ký tự.", "{path} is longer than {detail} characters."),
    "too-small": _both("{path} nhỏ hơn {detail}.", "{path} is smaller than {detail}."),
    "too-great": _both("{path} lớn hơn {detail}.", "{path} is greater than {detail}."),
    "too-few": _both("{path} cần ít nhất {detail} mục.", "{path} needs at least {detail} items."),
    "too-many": _both("{path} có nhiều hơn {detail} mục.", "{path} has more than {detail} items."),
    "not-an-option": _both("{path} không có lựa chọn “{detail}”.", "{path} has no option “{detail}”."),
    "pattern": _both("{path} không đúng dạng.", "{path} does not have the right form."),
    # said, not refused
    "library-differs": _both(
        "Thư viện {path} trong gói khác bản đang dùng; bản đang dùng được giữ.",
        "The library {path} in the package differs from the one in use; ours is used.",
    ),
    "newer-patch": _both(
        "Thư viện {path} trong gói cũ hơn; dùng bản mới hơn đang có ({detail}).",
        "The library {path} in the package is older; our newer one is used ({detail}).",
    ),
    "html-cleaned": _both(
        "Đã bỏ mã không được phép trong văn bản ở {path}.",
        "Markup that is not allowed was removed at {path}.",
    ),
    "no-vietnamese": _both(
        "Chữ trên nút của {path} là tiếng Anh (ví dụ “{detail}”).",
        "The texts of buttons of {path} are in English (such as “{detail}”).",
    ),
    "no-touch": _both("{path} khó dùng trên màn hình cảm ứng.", "{path} is hard to use on touch screens."),
    "remote-media": _both(
        "{path} dùng tệp ở {detail}; khung phát chặn trang ngoài cho tới khi được duyệt.",
        "{path} uses a file on {detail}; the frame blocks other sites until that is approved.",
    ),
}
