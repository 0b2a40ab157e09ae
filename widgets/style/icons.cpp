// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace octavo::gui {

namespace {

/// Draws one SVG as a mask in the palette's colour of the moment, so that light, dark and disabled come from one file.
class ThemedIconEngine : public QIconEngine {
public:
    explicit ThemedIconEngine(QString name) : m_name(std::move(name)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        painter->drawPixmap(rect, scaled(rect.size(), mode, state, painter->device()->devicePixelRatioF()));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaled(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        Q_UNUSED(state);
        return draw(size, mode, scale);
    }
    QIconEngine* clone() const override { return new ThemedIconEngine(m_name); }
    QString key() const override { return QStringLiteral("octavo-themed"); }

private:
    QPixmap scaled(const QSize& size, QIcon::Mode mode, QIcon::State, qreal ratio) {
        return draw(size * ratio, mode, ratio);
    }

    QPixmap draw(const QSize& pixels, QIcon::Mode mode, qreal ratio) const {
        const QPalette palette = QGuiApplication::palette();
        const QColor color = mode == QIcon::Disabled   ? palette.color(QPalette::Disabled, QPalette::WindowText)
                             : mode == QIcon::Selected ? palette.color(QPalette::Active, QPalette::HighlightedText)
                                                       : palette.color(QPalette::Active, QPalette::WindowText);
        const QString key = QStringLiteral("octavo/%1/%2x%3/%4")
                                .arg(m_name)
                                .arg(pixels.width())
                                .arg(pixels.height())
                                .arg(color.rgba(), 0, 16);
        QPixmap out;
        if (!QPixmapCache::find(key, &out)) {
            QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(m_name));
            renderer.render(&painter, QRectF(QPointF(), QSizeF(pixels)));
            painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
            painter.fillRect(image.rect(), color);
            painter.end();
            out = QPixmap::fromImage(image);
            QPixmapCache::insert(key, out);
        }
        out.setDevicePixelRatio(ratio);
        return out;
    }

    QString m_name;
};

} // namespace

QIcon themedIcon(const QString& name) { return QIcon(new ThemedIconEngine(name)); }

} // namespace octavo::gui
