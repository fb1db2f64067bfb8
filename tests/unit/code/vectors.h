// Reads the published vectors of tests/data. For the tests of core/code only; a missing file fails the test.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace machi::code {

using Json = nlohmann::json;

inline std::filesystem::path data_path(std::string_view name) {
  return std::filesystem::path(MACHI_TEST_DATA) / name;
}

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline Json json_file(const std::filesystem::path& path) { return Json::parse(file_text(path)); }

inline base::Bytes hex(std::string_view text) {
  const auto bytes = base::from_hex(text);
  EXPECT_TRUE(bytes.ok()) << text;
  return bytes.ok() ? *bytes : base::Bytes{};
}

// base64 with or without padding, of either alphabet.
inline base::Bytes base64(std::string text) {
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  const auto bytes = base::from_base64url(text);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : base::Bytes{};
}

// The files of a folder with this extension, by name.
inline std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder,
                                                   std::string_view extension) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == extension) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace machi::code
