// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

const Theme &Theme::of(const QPalette &palette)
{
    const QColor &window = palette.color(QPalette::Window);
    if (window == QColor(Qt::black))
        return darkContrast();
    if (window == QColor(Qt::white))
        return lightContrast();
    return window.lightness() < 128 ? darkMode() : lightMode();
}

const QColor &Theme::methodColor(QStringView method) const
{
    const std::array<std::pair<QLatin1StringView, const QColor *>, 5> colors{{
        {"GET"_L1, &methodGet},
        {"POST"_L1, &methodPost},
        {"PUT"_L1, &methodPut},
        {"PATCH"_L1, &methodPatch},
        {"DELETE"_L1, &methodDelete},
    }};
    for (const auto &[name, color] : colors) {
        if (method.compare(name, Qt::CaseInsensitive) == 0)
            return *color;
    }
    return methodOther;
}

QPalette Theme::palette() const
{
    QPalette result;
    result.setColor(QPalette::Window, background);
    result.setColor(QPalette::WindowText, text);
    result.setColor(QPalette::Base, surface);
    result.setColor(QPalette::AlternateBase, background);
    result.setColor(QPalette::Text, text);
    result.setColor(QPalette::Button, surface);
    result.setColor(QPalette::ButtonText, text);
    result.setColor(QPalette::BrightText, bad);
    result.setColor(QPalette::Highlight, accent);
    result.setColor(QPalette::HighlightedText, accentText);
    result.setColor(QPalette::Link, accent);
    result.setColor(QPalette::LinkVisited, accent);
    result.setColor(QPalette::PlaceholderText, secondary);
    result.setColor(QPalette::ToolTipBase, raised);
    result.setColor(QPalette::ToolTipText, text);
    result.setColor(QPalette::Light, raised);
    result.setColor(QPalette::Midlight, line);
    result.setColor(QPalette::Mid, line);
    result.setColor(QPalette::Dark, line);
    result.setColor(QPalette::Shadow, line);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        result.setColor(QPalette::Disabled, role, disabled);
    result.setColor(QPalette::Disabled, QPalette::Highlight, line);
    return result;
}

namespace {

/** WCAG 2.2, relative luminance. */
double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double(color.redF())) + 0.7152 * linear(double(color.greenF()))
           + 0.0722 * linear(double(color.blueF()));
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

void tintText(QWidget *label, const QColor &color)
{
    // Which of the two a label uses depends on the background that it inherits.
    QPalette tinted;
    tinted.setColor(QPalette::WindowText, color);
    tinted.setColor(QPalette::Text, color);
    label->setPalette(tinted);
}

namespace {

QFont preferring(const QString &family, QFont system, qreal points)
{
    system.setFamilies(QStringList{family} + system.families());
    system.setPointSizeF(points);
    return system;
}

} // namespace

QFont interfaceFont()
{
    return preferring(u"Inter"_s, QFontDatabase::systemFont(QFontDatabase::GeneralFont), 9.75);
}

QFont monospaceFont()
{
    QFont font =
        preferring(u"JetBrains Mono"_s, QFontDatabase::systemFont(QFontDatabase::FixedFont), 9.4);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

QFont tabularFont(QFont font)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

QFont scaledFont(QFont font, int percent)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * percent / 100);
    else
        font.setPixelSize(qMax(1, font.pixelSize() * percent / 100));
    return font;
}

} // namespace Sluice
