//! Evidence as people really upload it: PDF certificates, a Word agenda, a picture, a plain reading log.

use std::io::{Cursor, Write as _};

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use zip::write::SimpleFileOptions;

/// A file to upload.
#[derive(Clone, Copy, Debug)]
pub(super) enum Evidence {
    /// A certificate: what for, and who issued it.
    Certificate {
        /// What for.
        title: &'static str,
        /// Who issued it.
        issuer: &'static str,
    },
    /// A document on paper: heading and lines.
    Paper {
        /// Its heading.
        title: &'static str,
        /// Its lines.
        lines: &'static [&'static str],
    },
    /// A Word document: heading and paragraphs.
    Word {
        /// Its heading.
        title: &'static str,
        /// Its paragraphs.
        lines: &'static [&'static str],
    },
    /// A plain log, line by line.
    Log(&'static [&'static str]),
    /// A still of an ultrasound scan.
    Scan,
}

impl Evidence {
    /// Its bytes; `name` is whose evidence it is.
    pub(super) fn bytes(self, name: &str) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Certificate { title, issuer } => {
                let lines = ["Certificate of completion", "", name, "", title, "", "Issued by", issuer];
                Ok(pdf(title, &lines, Frame::Double))
            }
            Self::Paper { title, lines } => {
                let lines: Vec<&str> = [title, ""].into_iter().chain(lines.iter().copied()).collect();
                Ok(pdf(title, &lines, Frame::None))
            }
            Self::Word { title, lines } => word(title, lines),
            Self::Log(lines) => Ok(lines.join("\n").into_bytes()),
            Self::Scan => scan(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Frame {
    None,
    Double,
}

/// One page of A4 with a heading and lines in Helvetica, which every reader has.
fn pdf(title: &str, lines: &[&str], frame: Frame) -> Vec<u8> {
    let [catalog, pages, page, regular, bold, content, info] = [1, 2, 3, 4, 5, 6, 7].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let area = Rect::new(0.0, 0.0, 595.0, 842.0);
    let mut sheet = pdf.page(page);
    sheet.media_box(area).parent(pages).contents(content);
    sheet.resources().fonts().pair(Name(b"R"), regular).pair(Name(b"B"), bold);
    sheet.finish();
    pdf.type1_font(regular).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));
    pdf.type1_font(bold).base_font(Name(b"Helvetica-Bold")).encoding_predefined(Name(b"WinAnsiEncoding"));
    let mut text = Content::new();
    if frame == Frame::Double {
        text.set_line_width(2.0).rect(36.0, 36.0, 523.0, 770.0).stroke();
        text.set_line_width(0.5).rect(44.0, 44.0, 507.0, 754.0).stroke();
    }
    text.begin_text();
    text.next_line(72.0, if frame == Frame::Double { 620.0 } else { 760.0 });
    for (number, line) in lines.iter().enumerate() {
        let (font, size) = if number == 0 { (Name(b"B"), 20.0) } else { (Name(b"R"), 12.0) };
        text.set_font(font, size).show(Str(&latin(line))).next_line(0.0, -24.0);
    }
    text.end_text();
    pdf.stream(content, &text.finish());
    pdf.document_info(info).title(TextStr(title));
    pdf.finish()
}

/// Latin-1 bytes, which the PDF's encoding shares; what it lacks becomes a question mark.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
}

/// The smallest document that Word opens.
fn word(title: &str, lines: &[&str]) -> anyhow::Result<Vec<u8>> {
    const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let paragraphs: String = std::iter::once(&title)
        .chain(lines)
        .flat_map(|line| {
            ["<w:p><w:r><w:t xml:space=\"preserve\">".to_owned(), escaped(line), "</w:t></w:r></w:p>".to_owned()]
        })
        .collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document.as_str())];
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A fan of grey echoes on black, as a scanner stores it.
fn scan() -> anyhow::Result<Vec<u8>> {
    const WIDTH: u32 = 480;
    const HEIGHT: u32 = 360;
    let mut grey = Vec::new();
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let (dx, dy) = (f64::from(x) - f64::from(WIDTH) / 2.0, f64::from(y) + 20.0);
            let (depth, angle) = (dx.hypot(dy), dx.atan2(dy));
            let inside = angle.abs() < 0.7 && (40.0..370.0).contains(&depth);
            let echo = (depth / 9.0).sin() * 40.0 + (angle * 60.0 + depth / 30.0).sin() * 30.0 + 80.0;
            let cyst = (dx - 40.0).hypot(dy - 200.0) < 46.0;
            let shade = if !inside {
                0.0
            } else if cyst {
                12.0
            } else {
                echo * (1.1 - depth / 500.0)
            };
            grey.push(level(shade));
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&grey)?;
    Ok(file)
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn level(shade: f64) -> u8 {
    shade.clamp(0.0, 255.0) as u8
}
