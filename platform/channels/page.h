// The few pages of the station: HTML that any browser shows, also an old telephone's, without a script. Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "platform/host/http_server.h"

namespace machi::channels {

std::string escaped(std::string_view text);
// `body` is HTML; the title is text.
host::HttpResponse page(int status, std::string_view title, const std::string& body);
// A value of a form (application/x-www-form-urlencoded) or of a query; all of one name with commas between.
std::string form_value(std::string_view form, std::string_view name);

}  // namespace machi::channels
