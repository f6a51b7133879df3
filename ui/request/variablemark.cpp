// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/variablemark.h"

#include "core/environment/template.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace Sluice {

namespace {

constexpr qreal WaveWidth = 4;
constexpr qreal WaveHeight = 2;
constexpr float MistakeTint = 0.16F;

void paintWave(QPainter &painter, qreal left, qreal right, qreal bottom, const QColor &color)
{
    QPainterPath wave({left, bottom});
    bool up = true;
    for (qreal x = left + WaveWidth / 2; x <= right; x += WaveWidth / 2, up = !up)
        wave.lineTo(x, up ? bottom - WaveHeight : bottom);
    painter.strokePath(wave, color);
}

} // namespace

void paintVariableMarks(QPainter &painter, const PaintedLine &line,
                        const VariableMeanings *variables, const QPalette &palette)
{
    const std::vector<Placeholder> placeholders = findPlaceholders(line.text);
    if (placeholders.empty())
        return;
    const Theme &theme = Theme::of(palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto positionOf = [&line](qsizetype character) {
        return line.begin.x() + line.metrics.horizontalAdvance(line.text.left(character));
    };
    for (const Placeholder &placeholder : placeholders) {
        const bool known = !variables || !variables->isBad(placeholder.name);
        QColor tint = known ? theme.selection : theme.bad;
        if (!known)
            tint.setAlphaF(MistakeTint);
        const qreal left = positionOf(placeholder.begin);
        const qreal right = positionOf(placeholder.begin + placeholder.length);
        const qreal top = line.begin.y() - line.height / 2;
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint);
        painter.drawRoundedRect(QRectF(left - 1, top, right - left + 2, line.height), 3, 3);
        if (!known)
            paintWave(painter, left, right, top + line.height - 1, theme.bad);
    }
    painter.restore();
}

QString describeVariables(const QString &text, const VariableMeanings &variables)
{
    QStringList lines;
    for (const Placeholder &placeholder : findPlaceholders(text)) {
        if (const QString line = variables.describe(placeholder.name); !lines.contains(line))
            lines << line;
    }
    return lines.join(u'\n');
}

} // namespace Sluice
