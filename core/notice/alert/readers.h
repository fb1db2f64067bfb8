// The readers of the two schemas, and what both ask for. Private to core/notice/alert; pure.
#pragma once

#include "core/notice/alert/alert.h"

namespace machi::notice {

Result<Alert> read_cap(const Element& root);
Result<Alert> read_jma(const Element& root, const AlertMeanings& meanings);

std::optional<Severity> severity_of(std::string_view name);  // "Extreme"

inline constexpr std::size_t kAlertParts = 4096;
inline constexpr std::size_t kAlertAreas = 20000;
inline constexpr std::size_t kAlertTextBytes = 200000;

}  // namespace machi::notice
