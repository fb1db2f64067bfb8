// What a file's name says about how it is served: its media type, whether its content can never change. Pure;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace machi::site {

// The path of a file below the folder, without a leading slash: "/" and "/dir/" become "index.html" and
// "dir/index.html". Nothing for what could leave the folder or is no plain name: "..", ".hidden", "//",
// backslashes, any percent sign.
std::optional<std::string> file_of_target(std::string_view target);

std::string_view media_type(std::string_view path);

// Whether the last part of the name before its ending is a content hash: 8 or more hexadecimal digits, or
// esbuild's 8 signs of A-Z and 2-7, behind a hyphen or a dot.
bool is_named_by_content(std::string_view path);

// Whether a list such as "br, gzip;q=0.5" takes a coding.
bool accepts(std::string_view accept_encoding, std::string_view coding);

}  // namespace machi::site
