// Nothing of Dear ImGui's own input, windows or files is used.
#include "kiosk/draw/stage.h"

#include <imgui.h>

namespace machi::kiosk {

Stage::Stage() {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.Fonts->TexMinWidth = 1024;
  io.Fonts->TexMinHeight = 1024;
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors;
}

Stage::~Stage() { ImGui::DestroyContext(); }

void Stage::no_renderer() {
  renders_ = false;
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
}

ImDrawList& Stage::begin(float width, float height) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {width, height};
  io.DeltaTime = 1.0F / 60;
  ImGui::NewFrame();
  return *ImGui::GetBackgroundDrawList();
}

void Stage::end() {
  ImGui::Render();
  if (renders_) return;
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantCreate) texture->SetTexID(static_cast<ImTextureID>(1));
    texture->SetStatus(texture->Status == ImTextureStatus_WantDestroy ? ImTextureStatus_Destroyed
                                                                      : ImTextureStatus_OK);
    if (texture->Status == ImTextureStatus_Destroyed) texture->SetTexID(ImTextureID_Invalid);
  }
}

std::size_t Stage::texture_bytes() const {
  std::size_t sum = 0;
  for (const ImTextureData* texture : ImGui::GetPlatformIO().Textures)
    sum += static_cast<std::size_t>(texture->GetSizeInBytes());
  return sum;
}

}  // namespace machi::kiosk
