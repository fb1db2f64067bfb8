# Dear ImGui as the library kiosk_imgui: its sources are fetched and compiled when something of the kiosk is built, not
# before. FreeType draws its glyphs natively; in the browser its own small rasteriser does.
set(imgui ${CMAKE_CURRENT_BINARY_DIR}/imgui)
set(files imgui.cpp imgui_draw.cpp imgui_tables.cpp imgui_widgets.cpp backends/imgui_impl_opengl3.cpp)
if(NOT EMSCRIPTEN)
  list(APPEND files misc/freetype/imgui_freetype.cpp)
endif()
list(TRANSFORM files PREPEND ${imgui}/)
add_custom_command(OUTPUT ${files} ${imgui}/imgui.h COMMAND ${PROJECT_SOURCE_DIR}/.dev/imgui ${imgui}
  DEPENDS ${PROJECT_SOURCE_DIR}/.dev/imgui COMMENT "Dear ImGui's sources" VERBATIM)
add_custom_target(kiosk_imgui_sources DEPENDS ${files})
add_library(kiosk_imgui STATIC EXCLUDE_FROM_ALL ${files})
add_dependencies(kiosk_imgui kiosk_imgui_sources)
target_include_directories(kiosk_imgui SYSTEM PUBLIC ${imgui} ${imgui}/backends)
# Code points beyond 65,535 (𠮷, 𩸽) need the wide characters; ES 3 is what WebGL 2 and small machines have.
target_compile_definitions(kiosk_imgui PUBLIC IMGUI_USE_WCHAR32 IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_DISABLE_DEBUG_TOOLS IMGUI_IMPL_OPENGL_ES3)
target_compile_options(kiosk_imgui PRIVATE -w)
if(EMSCRIPTEN)
  # A page has neither a shell nor files.
  target_compile_definitions(kiosk_imgui PUBLIC IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS IMGUI_DISABLE_FILE_FUNCTIONS)
endif()
if(NOT EMSCRIPTEN)
  target_compile_definitions(kiosk_imgui PUBLIC IMGUI_ENABLE_FREETYPE)
  target_link_libraries(kiosk_imgui PUBLIC PkgConfig::KIOSK_FREETYPE)
endif()
