// The descriptions (core/screen/fields.h) of events and effects, each with the "type" that it is tagged with
// in JSON. Compile time only. What the core writes (effects) is always written whole; of events the defaults
// may be left out.
#pragma once

#include "core/app/effect.h"
#include "core/app/event.h"
#include "core/screen/fields.h"

namespace machi::screen {

// Events.
template <>
struct Description<app::Start> {
  static constexpr std::string_view kName = "Start", kType = "start";
  static constexpr auto kFields =
      std::tuple{required("seed", &app::Start::seed),           optional("online", &app::Start::online),
                 optional("installed", &app::Start::installed), optional("known", &app::Start::known),
                 optional("language", &app::Start::language),   optional("link", &app::Start::link)};
};
template <>
struct Description<app::Act> {
  static constexpr std::string_view kName = "Act", kType = "act";
  static constexpr auto kFields = std::tuple{required("action", &app::Act::action)};
};
template <>
struct Description<app::Link> {
  static constexpr std::string_view kName = "Link", kType = "link";
  static constexpr auto kFields = std::tuple{required("text", &app::Link::text)};
};
template <>
struct Description<app::Answer> {
  static constexpr std::string_view kName = "Answer", kType = "answer";
  static constexpr auto kFields =
      std::tuple{required("request", &app::Answer::request), required("status", &app::Answer::status),
                 optional("body", &app::Answer::body)};
};
template <>
struct Description<app::Chunk> {
  static constexpr std::string_view kName = "Chunk", kType = "chunk";
  static constexpr auto kFields =
      std::tuple{required("request", &app::Chunk::request), required("body", &app::Chunk::body)};
};
template <>
struct Description<app::Tick> {
  static constexpr std::string_view kName = "Tick", kType = "tick";
  static constexpr auto kFields = std::tuple{required("timer", &app::Tick::timer)};
};
template <>
struct Description<app::Online> {
  static constexpr std::string_view kName = "Online", kType = "online";
  static constexpr auto kFields = std::tuple{required("online", &app::Online::online)};
};
template <>
struct Description<app::Visible> {
  static constexpr std::string_view kName = "Visible", kType = "visible";
  static constexpr auto kFields = std::tuple{required("visible", &app::Visible::visible)};
};
template <>
struct Description<app::WordsLoaded> {
  static constexpr std::string_view kName = "WordsLoaded", kType = "words-loaded";
  static constexpr auto kFields = std::tuple{required("language", &app::WordsLoaded::language),
                                             optional("body", &app::WordsLoaded::body)};
};
template <>
struct Description<app::Posted> {
  static constexpr std::string_view kName = "Posted", kType = "posted";
  static constexpr auto kFields =
      std::tuple{required("id", &app::Posted::id), required("status", &app::Posted::status),
                 optional("body", &app::Posted::body)};
};
template <>
struct Description<app::Storage> {
  static constexpr std::string_view kName = "Storage", kType = "storage";
  static constexpr auto kFields = std::tuple{required("state", &app::Storage::state)};
};

template <>
struct Description<app::FileRead> {
  static constexpr std::string_view kName = "FileRead", kType = "file-read";
  static constexpr auto kFields =
      std::tuple{required("action", &app::FileRead::action), required("encoding", &app::FileRead::encoding),
                 optional("body", &app::FileRead::body)};
};
template <>
struct Description<app::PhotoRead> {
  static constexpr std::string_view kName = "PhotoRead", kType = "photo-read";
  static constexpr auto kFields =
      std::tuple{required("action", &app::PhotoRead::action), optional("why", &app::PhotoRead::why),
                 optional("body", &app::PhotoRead::body)};
};
template <>
struct Description<app::PdfMade> {
  static constexpr std::string_view kName = "PdfMade", kType = "pdf-made";
  static constexpr auto kFields =
      std::tuple{required("request", &app::PdfMade::request), optional("body", &app::PdfMade::body)};
};

template <>
struct Description<app::Turned> {
  static constexpr std::string_view kName = "Turned", kType = "turned";
  static constexpr auto kFields =
      std::tuple{optional("place", &app::Turned::place), optional("language", &app::Turned::language),
                 optional("failed", &app::Turned::failed)};
};
template <>
struct Description<app::Beside> {
  static constexpr std::string_view kName = "Beside", kType = "beside";
  static constexpr auto kFields =
      std::tuple{optional("unread", &app::Beside::unread), optional("urgent", &app::Beside::urgent)};
};

// Effects.
template <>
struct Description<app::Header> {
  static constexpr std::string_view kName = "Header";
  static constexpr auto kFields =
      std::tuple{required("name", &app::Header::name), required("value", &app::Header::value)};
};
template <>
struct Description<app::Http> {
  static constexpr std::string_view kName = "Http", kType = "http";
  static constexpr auto kFields = std::tuple{required("request", &app::Http::request),
                                             required("method", &app::Http::method),
                                             required("url", &app::Http::url),
                                             required("headers", &app::Http::headers),
                                             required("body", &app::Http::body),
                                             required("stream", &app::Http::stream),
                                             required("timeout_ms", &app::Http::timeout_ms)};
};
template <>
struct Description<app::CancelHttp> {
  static constexpr std::string_view kName = "CancelHttp", kType = "cancel-http";
  static constexpr auto kFields = std::tuple{required("request", &app::CancelHttp::request)};
};
template <>
struct Description<app::Timer> {
  static constexpr std::string_view kName = "Timer", kType = "timer";
  static constexpr auto kFields =
      std::tuple{required("timer", &app::Timer::timer), required("ms", &app::Timer::ms)};
};
template <>
struct Description<app::Render> {
  static constexpr std::string_view kName = "Render", kType = "render";
  static constexpr std::tuple<> kFields{};
};
template <>
struct Description<app::LoadWords> {
  static constexpr std::string_view kName = "LoadWords", kType = "load-words";
  static constexpr auto kFields = std::tuple{required("language", &app::LoadWords::language)};
};
template <>
struct Description<app::KeepForSync> {
  static constexpr std::string_view kName = "KeepForSync", kType = "keep-for-sync";
  static constexpr auto kFields =
      std::tuple{required("id", &app::KeepForSync::id), required("url", &app::KeepForSync::url),
                 required("body", &app::KeepForSync::body)};
};
template <>
struct Description<app::ForgetForSync> {
  static constexpr std::string_view kName = "ForgetForSync", kType = "forget-for-sync";
  static constexpr auto kFields = std::tuple{required("id", &app::ForgetForSync::id)};
};
template <>
struct Description<app::Persist> {
  static constexpr std::string_view kName = "Persist", kType = "persist";
  static constexpr std::tuple<> kFields{};
};
template <>
struct Description<app::BeGuest> {
  static constexpr std::string_view kName = "BeGuest", kType = "be-guest";
  static constexpr std::tuple<> kFields{};
};
template <>
struct Description<app::Signal> {
  static constexpr std::string_view kName = "Signal", kType = "signal";
  static constexpr auto kFields = std::tuple{required("kind", &app::Signal::kind)};
};
template <>
struct Description<app::SaveFile> {
  static constexpr std::string_view kName = "SaveFile", kType = "save-file";
  static constexpr auto kFields =
      std::tuple{required("name", &app::SaveFile::name), required("media_type", &app::SaveFile::media_type),
                 required("body", &app::SaveFile::body)};
};
template <>
struct Description<app::Print> {
  static constexpr std::string_view kName = "Print", kType = "print";
  static constexpr std::tuple<> kFields{};
};
template <>
struct Description<app::SavePicture> {
  static constexpr std::string_view kName = "SavePicture", kType = "save-picture";
  static constexpr auto kFields =
      std::tuple{required("name", &app::SavePicture::name), required("symbol", &app::SavePicture::symbol),
                 required("lines", &app::SavePicture::lines)};
};
template <>
struct Description<app::MakePdf> {
  static constexpr std::string_view kName = "MakePdf", kType = "make-pdf";
  static constexpr auto kFields =
      std::tuple{required("request", &app::MakePdf::request), required("body", &app::MakePdf::body)};
};
template <>
struct Description<app::OpenApp> {
  static constexpr std::string_view kName = "OpenApp", kType = "open-app";
  static constexpr auto kFields =
      std::tuple{required("app", &app::OpenApp::app), required("place", &app::OpenApp::place),
                 required("language", &app::OpenApp::language)};
};
template <>
struct Description<app::Unread> {
  static constexpr std::string_view kName = "Unread", kType = "unread";
  static constexpr auto kFields =
      std::tuple{required("count", &app::Unread::count), required("urgent", &app::Unread::urgent)};
};
template <>
struct Description<app::Share> {
  static constexpr std::string_view kName = "Share", kType = "share";
  static constexpr auto kFields =
      std::tuple{required("title", &app::Share::title), required("text", &app::Share::text)};
};
template <>
struct Description<app::Speak> {
  static constexpr std::string_view kName = "Speak", kType = "speak";
  static constexpr auto kFields =
      std::tuple{required("text", &app::Speak::text), required("language", &app::Speak::language)};
};
template <>
struct Description<app::Log> {
  static constexpr std::string_view kName = "Log", kType = "log";
  static constexpr auto kFields =
      std::tuple{required("event", &app::Log::event), required("detail", &app::Log::detail)};
};

}  // namespace machi::screen
